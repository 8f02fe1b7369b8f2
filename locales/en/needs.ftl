needs-title = Sourcing needs
