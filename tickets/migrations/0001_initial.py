"""Tickets and what belongs to them, with the rows a new installation starts with: admins edit them."""

import django.core.validators
import django.db.models.deletion
import tickets.events.registry
import tickets.models.upload
import tickets.text.validators
from django.conf import settings
from django.db import migrations, models

from tickets.search import index as search_index

# What an installation starts with; admins rename, add and switch off.
REQUEST_TYPES = [
    ("Access Request", "Accounts, folders, permissions"),
    ("Hardware Issue", "Laptop, dock, screen, printer"),
    ("Software Issue", "Crash, error, licence"),
    ("Network Issue", "Wi-Fi, VPN, slow connection"),
    ("Security Incident", "Phishing, loss, suspicion"),
    ("Service Request", "Something new, an installation"),
    ("Onboarding Request", "A colleague starts"),
    ("Offboarding Request", "A colleague leaves"),
    ("Other", "We will sort it"),
]
# What is taken for a bare thank-you.
PHRASES = [
    "all good",
    "cheers",
    "danke",
    "danke schön",
    "great",
    "it works",
    "it works now",
    "many thanks",
    "merci",
    "perfect",
    "solved",
    "thank you",
    "thank you so much",
    "thank you very much",
    "thanks",
    "thanks a lot",
    "thx",
    "vielen dank",
    "works",
    "works now",
]


def add_request_types(apps, schema_editor):
    model = apps.get_model("tickets", "RequestType")
    model.objects.bulk_create(
        model(name=name, hint=hint, position=10 * place)
        for place, (name, hint) in enumerate(REQUEST_TYPES, start=1)
    )


def add_thank_you_phrases(apps, schema_editor):
    model = apps.get_model("tickets", "ThankYouPhrase")
    model.objects.bulk_create(model(phrase=phrase) for phrase in PHRASES)


def create_search_index(apps, schema_editor):
    search_index.create(schema_editor.connection)


def drop_search_index(apps, schema_editor):
    search_index.drop(schema_editor.connection)


class Migration(migrations.Migration):

    initial = True

    dependencies = [
        ('accounts', '0001_initial'),
        # So that every version's database holds the kit's tables before the tickets'.
        ('helpdesk', '0001_initial'),
        migrations.swappable_dependency(settings.AUTH_USER_MODEL),
    ]

    operations = [
        migrations.CreateModel(
            name='RequestType',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('name', models.CharField(max_length=60, unique=True, validators=[django.core.validators.ProhibitNullCharactersValidator()])),
                ('hint', models.CharField(blank=True, help_text='A few examples, shown under the name.', max_length=80, validators=[django.core.validators.ProhibitNullCharactersValidator()])),
                ('position', models.PositiveSmallIntegerField(default=100, help_text='Smaller numbers come first.')),
                ('is_active', models.BooleanField(default=True, help_text='Switch off instead of deleting: old tickets keep their type.', verbose_name='offered')),
            ],
            options={
                'ordering': ['position', 'name'],
            },
        ),
        migrations.CreateModel(
            name='ThankYouPhrase',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('phrase', models.CharField(help_text='Case and punctuation do not count. Replies of such phrases alone reopen nothing.', max_length=60, unique=True)),
                ('is_active', models.BooleanField(default=True, verbose_name='in use')),
            ],
            options={
                'verbose_name': 'thank-you phrase',
                'ordering': ['phrase'],
            },
        ),
        migrations.CreateModel(
            name='BulkChange',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('action', models.CharField(max_length=20)),
                ('verb', models.CharField(blank=True, max_length=20)),
                ('values', models.JSONField(default=dict)),
                ('list_query', models.TextField(blank=True)),
                ('is_cut', models.BooleanField(default=False)),
                ('created_at', models.DateTimeField()),
                ('confirmed_at', models.DateTimeField(blank=True, null=True)),
                ('finished_at', models.DateTimeField(blank=True, null=True)),
                ('by', models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, related_name='bulk_changes', to=settings.AUTH_USER_MODEL)),
            ],
        ),
        migrations.CreateModel(
            name='CannedReply',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('title', models.CharField(max_length=100, validators=[tickets.text.validators.validate_visible, tickets.text.validators.validate_one_line])),
                ('body', models.TextField(validators=[tickets.text.validators.validate_visible, django.core.validators.ProhibitNullCharactersValidator(), django.core.validators.MaxLengthValidator(20000)], verbose_name='text')),
                ('updated_at', models.DateTimeField(auto_now=True, verbose_name='last change')),
                ('owner', models.ForeignKey(blank=True, null=True, on_delete=django.db.models.deletion.CASCADE, related_name='canned_replies', to=settings.AUTH_USER_MODEL)),
            ],
            options={
                'verbose_name_plural': 'canned replies',
                'ordering': ['title', 'pk'],
            },
        ),
        migrations.CreateModel(
            name='ColumnPreference',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('columns', models.JSONField(default=list)),
                ('person', models.OneToOneField(on_delete=django.db.models.deletion.CASCADE, related_name='chosen_columns', to=settings.AUTH_USER_MODEL)),
            ],
            options={
                'verbose_name_plural': 'chosen columns',
                'default_permissions': (),
            },
        ),
        migrations.CreateModel(
            name='NotificationPreference',
            fields=[
                ('person', models.OneToOneField(on_delete=django.db.models.deletion.CASCADE, primary_key=True, related_name='preference', serialize=False, to=settings.AUTH_USER_MODEL)),
                ('ways', models.JSONField(default=dict)),
                ('digest_hour', models.PositiveSmallIntegerField(default=8, validators=[django.core.validators.MaxValueValidator(23)])),
                ('quiet_from', models.TimeField(blank=True, null=True)),
                ('quiet_until', models.TimeField(blank=True, null=True)),
                ('time_zone', models.CharField(blank=True, max_length=64)),
            ],
            options={
                'constraints': [models.CheckConstraint(condition=models.Q(models.Q(('quiet_from', None), ('quiet_until', None)), models.Q(('quiet_from__isnull', False), ('quiet_until__isnull', False)), _connector='OR'), name='quiet_hours_have_two_ends')],
            },
        ),
        migrations.CreateModel(
            name='SavedView',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('name', models.CharField(max_length=60, validators=[tickets.text.validators.validate_visible, tickets.text.validators.validate_one_line])),
                ('query', models.CharField(blank=True, max_length=6000, validators=[django.core.validators.ProhibitNullCharactersValidator()])),
                ('owner', models.ForeignKey(blank=True, null=True, on_delete=django.db.models.deletion.CASCADE, related_name='saved_views', to=settings.AUTH_USER_MODEL)),
            ],
            options={
                'ordering': ['name', 'pk'],
                'default_permissions': (),
            },
        ),
        migrations.CreateModel(
            name='Ticket',
            fields=[
                ('id', models.BigAutoField(primary_key=True, serialize=False, verbose_name='number')),
                ('title', models.CharField(max_length=200, validators=[django.core.validators.ProhibitNullCharactersValidator(), tickets.text.validators.validate_visible, tickets.text.validators.validate_one_line])),
                ('description', models.TextField(validators=[django.core.validators.ProhibitNullCharactersValidator(), tickets.text.validators.validate_visible, django.core.validators.MaxLengthValidator(20000)])),
                ('status', models.CharField(choices=[('open', 'Open'), ('in_progress', 'In Progress'), ('on_hold', 'On Hold'), ('resolved', 'Resolved'), ('closed', 'Closed')], default='open', max_length=20)),
                ('hold_reason', models.CharField(blank=True, choices=[('requester', 'Waiting for requester'), ('third_party', 'Waiting for third party'), ('scheduled', 'Scheduled')], max_length=20)),
                ('created_at', models.DateTimeField(verbose_name='opened at')),
                ('resolved_at', models.DateTimeField(blank=True, null=True)),
                ('closed_at', models.DateTimeField(blank=True, null=True)),
                ('first_answered_at', models.DateTimeField(blank=True, help_text='When somebody else first wrote to the requester, or resolved it.', null=True)),
                ('withdrawn_at', models.DateTimeField(blank=True, null=True)),
                ('trashed_at', models.DateTimeField(blank=True, null=True)),
                ('purged_at', models.DateTimeField(blank=True, help_text='When its words and files were removed for good.', null=True)),
                ('score', models.PositiveSmallIntegerField(blank=True, choices=[(1, 'Very poor'), (2, 'Poor'), (3, 'Fair'), (4, 'Good'), (5, 'Excellent')], help_text='Of the current solution; 1 to 5.', null=True, verbose_name='rating')),
                ('submission_key', models.CharField(help_text='What made this ticket (a form, a row of an import); the same key never makes a second one.', max_length=120, null=True, unique=True)),
                ('version', models.PositiveIntegerField(default=0, editable=False)),
                ('updated_at', models.DateTimeField(editable=False)),
                ('publicly_updated_at', models.DateTimeField(editable=False, help_text='Of its newest event that is not internal: what the requester is told.', verbose_name='last public change')),
                ('log_hash', models.CharField(blank=True, editable=False, max_length=64)),
                ('assignee', models.ForeignKey(blank=True, null=True, on_delete=django.db.models.deletion.PROTECT, related_name='assigned_tickets', to=settings.AUTH_USER_MODEL)),
                ('request_type', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='tickets', to='tickets.requesttype')),
                ('requester', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='requested_tickets', to=settings.AUTH_USER_MODEL)),
                ('resolved_by', models.ForeignKey(blank=True, null=True, on_delete=django.db.models.deletion.PROTECT, related_name='+', to=settings.AUTH_USER_MODEL)),
            ],
        ),
        migrations.CreateModel(
            name='Presence',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('writing', models.BooleanField(default=False)),
                ('seen_at', models.DateTimeField()),
                ('person', models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, related_name='presences', to=settings.AUTH_USER_MODEL)),
                ('ticket', models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, related_name='presences', to='tickets.ticket')),
            ],
        ),
        migrations.CreateModel(
            name='Feedback',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('score', models.PositiveSmallIntegerField(choices=[(1, 'Very poor'), (2, 'Poor'), (3, 'Fair'), (4, 'Good'), (5, 'Excellent')], validators=[django.core.validators.MinValueValidator(1), django.core.validators.MaxValueValidator(5)])),
                ('comment', models.TextField(blank=True)),
                ('given_at', models.DateTimeField()),
                ('superseded_at', models.DateTimeField(blank=True, help_text='When its ticket was reopened.', null=True)),
                ('resolver', models.ForeignKey(null=True, on_delete=django.db.models.deletion.PROTECT, related_name='+', to=settings.AUTH_USER_MODEL)),
                ('ticket', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='feedback', to='tickets.ticket')),
            ],
            options={
                'verbose_name_plural': 'feedback',
            },
        ),
        migrations.CreateModel(
            name='Draft',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('visibility', models.CharField(choices=[('reply', 'Reply'), ('note', 'Note')], max_length=10)),
                ('text', models.TextField()),
                ('updated_at', models.DateTimeField()),
                ('person', models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, related_name='drafts', to=settings.AUTH_USER_MODEL)),
                ('ticket', models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, related_name='drafts', to='tickets.ticket')),
            ],
        ),
        migrations.CreateModel(
            name='BulkStep',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('version', models.PositiveIntegerField()),
                ('outcome', models.CharField(blank=True, choices=[('', 'Waiting'), ('changed', 'Changed'), ('same', 'Was so already'), ('refused', 'Refused')], max_length=10)),
                ('reason', models.TextField(blank=True)),
                ('change', models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, related_name='steps', to='tickets.bulkchange')),
                ('ticket', models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, related_name='bulk_steps', to='tickets.ticket')),
            ],
        ),
        migrations.CreateModel(
            name='TicketEvent',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('version', models.PositiveIntegerField(help_text="The ticket's version after this event.")),
                ('kind', models.CharField(choices=tickets.events.registry.kind_choices, max_length=20)),
                ('at', models.DateTimeField()),
                ('data', models.JSONField(default=dict)),
                ('previous_hash', models.CharField(blank=True, max_length=64)),
                ('hash', models.CharField(max_length=64)),
                ('actor', models.ForeignKey(help_text='Empty for the system.', null=True, on_delete=django.db.models.deletion.PROTECT, related_name='+', to=settings.AUTH_USER_MODEL)),
                ('ticket', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='events', to='tickets.ticket')),
            ],
            options={
                'ordering': ['ticket', 'version'],
                'abstract': False,
            },
        ),
        migrations.CreateModel(
            name='Notification',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('kind', models.CharField(choices=[('mentioned', 'A colleague mentions me in an internal note'), ('assigned', 'A ticket is assigned to me, or is mine no more'), ('resolved', 'A ticket is resolved'), ('replied', 'Somebody replies or asks'), ('new_ticket', 'A ticket nobody has: new, given back, or its requester writes'), ('opened', 'A ticket is opened for me'), ('rated', 'A ticket is rated'), ('noted', 'A colleague writes an internal note'), ('status', 'Status or assignee change'), ('changed', 'Title, description or request type change')], max_length=20)),
                ('reason', models.CharField(choices=[('requester', 'It is your ticket'), ('assignee', 'It is assigned to you'), ('former', 'It was assigned to you'), ('mentioned', 'You were mentioned'), ('resolver', 'You resolved it'), ('watcher', 'You watch it'), ('unassigned', 'Nobody has it yet')], max_length=20)),
                ('created_at', models.DateTimeField()),
                ('in_app', models.BooleanField(default=True)),
                ('read_at', models.DateTimeField(blank=True, null=True)),
                ('mail_due_at', models.DateTimeField(blank=True, null=True)),
                ('mailed_at', models.DateTimeField(blank=True, null=True)),
                ('person', models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, related_name='notifications', to=settings.AUTH_USER_MODEL)),
                ('ticket', models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, related_name='notifications', to='tickets.ticket')),
                ('event', models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, related_name='notifications', to='tickets.ticketevent')),
            ],
        ),
        migrations.CreateModel(
            name='Message',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('part', models.CharField(choices=[('title', 'Title'), ('description', 'Description'), ('text', 'Text')], max_length=20)),
                ('body', models.TextField()),
                ('salt', models.CharField(blank=True, max_length=32)),
                ('digest', models.CharField(max_length=64)),
                ('event', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='messages', to='tickets.ticketevent')),
            ],
            options={
                'abstract': False,
            },
        ),
        migrations.CreateModel(
            name='Mention',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('person', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='mentions', to=settings.AUTH_USER_MODEL)),
                ('event', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='mentions', to='tickets.ticketevent')),
            ],
            options={
                'abstract': False,
            },
        ),
        migrations.CreateModel(
            name='Attachment',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('name', models.CharField(max_length=255)),
                ('content_type', models.CharField(max_length=100)),
                ('size', models.PositiveBigIntegerField(help_text='In bytes.')),
                ('sha256', models.CharField(max_length=64)),
                ('file', models.FileField(upload_to=tickets.models.upload.random_path)),
                ('preview', models.FileField(blank=True, upload_to=tickets.models.upload.random_path)),
                ('position', models.PositiveSmallIntegerField(help_text="Among the event's files, from 1.")),
                ('salt', models.CharField(blank=True, max_length=32)),
                ('digest', models.CharField(max_length=64)),
                ('event', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='attachments', to='tickets.ticketevent')),
            ],
            options={
                'ordering': ['event', 'position'],
            },
        ),
        migrations.CreateModel(
            name='Upload',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('name', models.CharField(max_length=255)),
                ('content_type', models.CharField(max_length=100)),
                ('size', models.PositiveBigIntegerField(help_text='In bytes.')),
                ('sha256', models.CharField(max_length=64)),
                ('file', models.FileField(upload_to=tickets.models.upload.random_path)),
                ('preview', models.FileField(blank=True, upload_to=tickets.models.upload.random_path)),
                ('form', models.CharField(max_length=120)),
                ('created_at', models.DateTimeField()),
                ('owner', models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, related_name='+', to=settings.AUTH_USER_MODEL)),
            ],
        ),
        migrations.CreateModel(
            name='Watch',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('muted', models.BooleanField(default=False)),
                ('person', models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, related_name='watches', to=settings.AUTH_USER_MODEL)),
                ('ticket', models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, related_name='watches', to='tickets.ticket')),
            ],
        ),
        migrations.AddIndex(
            model_name='bulkchange',
            index=models.Index(fields=['created_at'], name='bulk_change_oldest'),
        ),
        migrations.AddIndex(
            model_name='ticket',
            index=models.Index(fields=['requester', '-publicly_updated_at', '-id'], name='ticket_of_requester'),
        ),
        migrations.AddIndex(
            model_name='ticket',
            index=models.Index(fields=['requester', 'status'], name='ticket_of_requester_status'),
        ),
        migrations.AddIndex(
            model_name='ticket',
            index=models.Index(fields=['-updated_at', '-id'], name='ticket_newest'),
        ),
        migrations.AddIndex(
            model_name='ticket',
            index=models.Index(fields=['status', '-updated_at', '-id'], name='ticket_of_status'),
        ),
        migrations.AddIndex(
            model_name='ticket',
            index=models.Index(fields=['assignee', 'status', '-updated_at', '-id'], name='ticket_of_assignee'),
        ),
        migrations.AddIndex(
            model_name='ticket',
            index=models.Index(fields=['request_type', '-updated_at', '-id'], name='ticket_of_type'),
        ),
        migrations.AddIndex(
            model_name='ticket',
            index=models.Index(fields=['created_at'], name='ticket_opened'),
        ),
        migrations.AddIndex(
            model_name='ticket',
            index=models.Index(fields=['resolved_at'], name='ticket_resolved'),
        ),
        migrations.AddIndex(
            model_name='ticket',
            index=models.Index(condition=models.Q(('trashed_at__isnull', False)), fields=['-updated_at', '-id'], name='ticket_in_trash'),
        ),
        migrations.AddConstraint(
            model_name='ticket',
            constraint=models.CheckConstraint(condition=models.Q(('status', 'open'), ('assignee__isnull', False), ('withdrawn_at__isnull', False), _connector='OR'), name='worked_ticket_has_assignee'),
        ),
        migrations.AddConstraint(
            model_name='ticket',
            constraint=models.CheckConstraint(condition=models.Q(('status', 'on_hold'), ('hold_reason', ''), _connector='XOR'), name='hold_reason_only_on_hold'),
        ),
        migrations.AddConstraint(
            model_name='ticket',
            constraint=models.CheckConstraint(condition=models.Q(('title', ''), _negated=True), name='ticket_has_title'),
        ),
        migrations.AddConstraint(
            model_name='ticket',
            constraint=models.CheckConstraint(condition=models.Q(('score', None), ('score__range', (1, 5)), _connector='OR'), name='ticket_score_1_to_5'),
        ),
        migrations.AddConstraint(
            model_name='presence',
            constraint=models.UniqueConstraint(fields=('ticket', 'person'), name='one_presence_per_person'),
        ),
        migrations.AddIndex(
            model_name='feedback',
            index=models.Index(fields=['-given_at', '-id'], name='feedback_latest'),
        ),
        migrations.AddConstraint(
            model_name='feedback',
            constraint=models.UniqueConstraint(condition=models.Q(('superseded_at', None)), fields=('ticket',), name='one_current_feedback'),
        ),
        migrations.AddConstraint(
            model_name='feedback',
            constraint=models.CheckConstraint(condition=models.Q(('score__range', (1, 5))), name='feedback_score_1_to_5'),
        ),
        migrations.AddIndex(
            model_name='draft',
            index=models.Index(fields=['updated_at'], name='draft_oldest'),
        ),
        migrations.AddConstraint(
            model_name='draft',
            constraint=models.UniqueConstraint(fields=('person', 'ticket', 'visibility'), name='one_draft_per_visibility'),
        ),
        migrations.AddIndex(
            model_name='bulkstep',
            index=models.Index(fields=['change', 'outcome', 'id'], name='bulk_step_of_change'),
        ),
        migrations.AddConstraint(
            model_name='bulkstep',
            constraint=models.UniqueConstraint(fields=('change', 'ticket'), name='ticket_once_in_bulk_change'),
        ),
        migrations.AddIndex(
            model_name='ticketevent',
            index=models.Index(fields=['-at', '-id'], name='ticket_event_newest'),
        ),
        migrations.AddIndex(
            model_name='ticketevent',
            index=models.Index(fields=['actor', '-at', '-id'], name='ticket_event_of_actor'),
        ),
        migrations.AddConstraint(
            model_name='ticketevent',
            constraint=models.UniqueConstraint(fields=('ticket', 'version'), name='one_event_per_version'),
        ),
        migrations.AddIndex(
            model_name='notification',
            index=models.Index(fields=['person', '-id'], name='notification_of_person'),
        ),
        migrations.AddIndex(
            model_name='notification',
            index=models.Index(condition=models.Q(('in_app', True), ('read_at', None)), fields=['person', 'ticket'], name='notification_unread'),
        ),
        migrations.AddIndex(
            model_name='notification',
            index=models.Index(condition=models.Q(('read_at__isnull', False)), fields=['read_at'], name='notification_read'),
        ),
        migrations.AddIndex(
            model_name='notification',
            index=models.Index(condition=models.Q(('mail_due_at__isnull', False), ('mailed_at', None)), fields=['mail_due_at'], name='notification_due'),
        ),
        migrations.AddConstraint(
            model_name='notification',
            constraint=models.UniqueConstraint(fields=('person', 'event'), name='one_notification_per_event'),
        ),
        migrations.AddConstraint(
            model_name='message',
            constraint=models.UniqueConstraint(fields=('event', 'part'), name='one_message_per_part'),
        ),
        migrations.AddConstraint(
            model_name='mention',
            constraint=models.UniqueConstraint(fields=('event', 'person'), name='one_mention_per_person'),
        ),
        migrations.AddConstraint(
            model_name='attachment',
            constraint=models.UniqueConstraint(fields=('event', 'position'), name='one_attachment_per_position'),
        ),
        migrations.AddIndex(
            model_name='upload',
            index=models.Index(fields=['owner', 'form', 'id'], name='upload_of_form'),
        ),
        migrations.AddIndex(
            model_name='upload',
            index=models.Index(fields=['created_at'], name='upload_oldest'),
        ),
        migrations.AddConstraint(
            model_name='watch',
            constraint=models.UniqueConstraint(fields=('ticket', 'person'), name='one_watch_per_person'),
        ),
        migrations.RunPython(add_request_types, migrations.RunPython.noop),
        migrations.RunPython(add_thank_you_phrases, migrations.RunPython.noop),
        migrations.RunPython(create_search_index, drop_search_index),
    ]
