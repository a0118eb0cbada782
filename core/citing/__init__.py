"""Documents written out as citations, in the styles that scholars use."""
