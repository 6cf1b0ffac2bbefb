"""What people send along: names, types, pictures, and where files lie. The rows are in models/upload.py."""
