"""Work in the background: a bounded queue whose workers hold leases."""
