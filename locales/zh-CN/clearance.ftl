# Clearance
