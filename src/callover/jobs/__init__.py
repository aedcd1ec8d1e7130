"""One function per thing the system does; command line, site and tests call them alike."""
