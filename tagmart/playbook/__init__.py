"""`tagmart playbook`: what campaigns showed, back into the playbook, as a change for people to review."""
