# Telling other programs
