"""One HTML file that shows a build: cells of at least so many customers, no person, no server, no request."""
