"""`tagmart export`: what a build decided, as files for people and for other systems."""
