# The two rest rows of a report
region-outside = Outside the scheme
region-unresolved = Unresolved
