"""Questions of operations and of management: short queries in analyses/, asked of the sample brand, on a page of docs each."""
