# The register for programs
