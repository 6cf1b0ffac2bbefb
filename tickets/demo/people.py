"""The people of the demo: a company nobody works for."""

PASSWORD = "helpdesk-demo-2026"  # noqa: S105, printed wherever the demo is offered
ADMIN_EMAIL = "admin@example.com"
USER_EMAIL = "user@example.com"

# First name, surname, address. The first of each can sign in with PASSWORD; nobody else can.
ADMINS = [
    ("Alex", "Morgan", ADMIN_EMAIL),
    ("Femi", "Adeyemi", "femi.adeyemi@example.com"),
    ("Katarzyna", "Wójcik", "katarzyna.wojcik@example.com"),
    ("Owen", "Pritchard", "owen.pritchard@example.com"),
    ("Mei", "Tanaka", "mei.tanaka@example.com"),
]
USERS = [
    ("Robin", "Ellis", USER_EMAIL),
    ("Priya", "Raman", "priya.raman@example.com"),
    ("Tom", "Barker", "tom.barker@example.com"),
    ("Aoife", "Brennan", "aoife.brennan@example.com"),
    ("Jürgen", "Schäfer", "juergen.schaefer@example.com"),
    ("Chloe", "Lambert", "chloe.lambert@example.com"),
    ("Dafydd", "Rees", "dafydd.rees@example.com"),
    ("Nadia", "Hussain", "nadia.hussain@example.com"),
    ("Marek", "Dvořák", "marek.dvorak@example.com"),
    ("Grace", "Whitfield", "grace.whitfield@example.com"),
    ("Luis", "Ortega", "luis.ortega@example.com"),
    ("Ingrid", "Solberg", "ingrid.solberg@example.com"),
    ("Kwame", "Mensah", "kwame.mensah@example.com"),
    ("Sophie", "Turnbull", "sophie.turnbull@example.com"),
    ("Hamza", "Yıldız", "hamza.yildiz@example.com"),
    ("Fiona", "MacKay", "fiona.mackay@example.com"),
    ("Ethan", "O'Hara", "ethan.ohara@example.com"),
    ("Anneliese", "van den Berg", "anneliese.vandenberg@example.com"),
    ("Rohan", "Desai", "rohan.desai@example.com"),
    ("Margaret", "Ashworth", "margaret.ashworth@example.com"),
    ("Paolo", "Conti", "paolo.conti@example.com"),
    ("Yasmin", "Farouk", "yasmin.farouk@example.com"),
    ("Callum", "Drummond", "callum.drummond@example.com"),
    ("Hannah", "Goldstein", "hannah.goldstein@example.com"),
    ("Wei", "Chen", "wei.chen@example.com"),
]
# Would like to be admins and wait for an answer.
WAITING = ["rohan.desai@example.com", "yasmin.farouk@example.com"]
EMAILS = [email for _, _, email in (*ADMINS, *USERS)]
