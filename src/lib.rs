//! fiducia tells which duties a described case breaks, and shows every step with its source.
