portal-title = Portal
