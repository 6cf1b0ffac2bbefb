class RegisterForm: pass
