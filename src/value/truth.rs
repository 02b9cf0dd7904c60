//! Three truths, as a record or a pair of sets gives them. Knows no sentence.

/// What is established about a sentence: true, false, or not known.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum Truth {
    /// It holds however the unknowns turn out.
    True,
    /// It fails however the unknowns turn out.
    False,
    /// The record does not decide it.
    Unknown,
}

impl Truth {
    /// The truth of the opposite sentence.
    #[must_use]
    pub fn negate(self) -> Self {
        match self {
            Self::True => Self::False,
            Self::False => Self::True,
            Self::Unknown => Self::Unknown,
        }
    }

    /// Strong Kleene *and*.
    #[must_use]
    #[inline]
    pub fn and(self, other: Self) -> Self {
        // Nearly all that is met is true.
        match (self, other) {
            (Self::True, other) => other,
            (Self::False, _) | (_, Self::False) => Self::False,
            (Self::Unknown, _) => Self::Unknown,
        }
    }

    /// Strong Kleene *or*.
    #[must_use]
    pub fn or(self, other: Self) -> Self {
        self.negate().and(other.negate()).negate()
    }

    /// The truth that the two sets give: in *surely* true, outside *possibly* false, between unknown.
    #[must_use]
    pub fn of_sets(surely: bool, possibly: bool) -> Self {
        match (surely, possibly) {
            (true, _) => Self::True,
            (false, true) => Self::Unknown,
            (false, false) => Self::False,
        }
    }

    /// The word used in expectations and in JSON.
    #[must_use]
    pub fn word(self) -> &'static str {
        match self {
            Self::True => "true",
            Self::False => "false",
            Self::Unknown => "unknown",
        }
    }
}

impl From<bool> for Truth {
    fn from(value: bool) -> Self {
        if value { Self::True } else { Self::False }
    }
}

#[cfg(test)]
mod tests {
    use super::Truth::{False, True, Unknown};

    #[test]
    fn kleene_tables() {
        assert_eq!(True.and(Unknown), Unknown);
        assert_eq!(False.and(Unknown), False);
        assert_eq!(True.or(Unknown), True);
        assert_eq!(False.or(Unknown), Unknown);
        assert_eq!(Unknown.negate(), Unknown);
    }
}
