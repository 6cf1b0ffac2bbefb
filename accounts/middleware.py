from django.contrib.auth.middleware import LoginRequiredMiddleware


class SignInMiddleware(LoginRequiredMiddleware):
    pass
