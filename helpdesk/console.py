from django.contrib import admin


class ConsoleSite(admin.AdminSite):
    site_title = site_header = "Helpdesk"
    enable_nav_sidebar = False
