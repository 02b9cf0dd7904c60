//! The statuses of duties, ideals and concerns, and sets of them: a verdict is the set still possible. Knows no duty.

/// What kind of norm a status belongs to.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum NormSort {
    /// Somebody owes something: only a duty is violated.
    Duty,
    /// An aspiration: met, or it falls short.
    Ideal,
    /// A risk or a warning: raised or not.
    Concern,
}

impl NormSort {
    /// The keyword.
    #[must_use]
    pub fn word(self) -> &'static str {
        match self {
            Self::Duty => "duty",
            Self::Ideal => "ideal",
            Self::Concern => "concern",
        }
    }
}

/// One status. The order of a duty's statuses is the order from best to worst in which a whole takes its worst part's.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
#[repr(u8)]
pub enum Status {
    /// The duty did not arise; the ideal does not apply.
    NotEngaged,
    /// Owed in general, but not here, because of an exemption.
    Exempt,
    /// Owed and met.
    Fulfilled,
    /// Owed, not met, rightly gave way to another duty.
    Overridden,
    /// Not met, but not blameworthy because of an excuse.
    Excused,
    /// Owed, not met, nothing justifies it.
    Violated,
    /// An ideal that is met.
    Met,
    /// An ideal that is not.
    FallsShort,
    /// A concern with no ground.
    NotRaised,
    /// A concern with a ground.
    Raised,
}

impl Status {
    /// All, in order.
    pub const ALL: [Self; 10] = [
        Self::NotEngaged,
        Self::Exempt,
        Self::Fulfilled,
        Self::Overridden,
        Self::Excused,
        Self::Violated,
        Self::Met,
        Self::FallsShort,
        Self::NotRaised,
        Self::Raised,
    ];

    /// The words of the language.
    #[must_use]
    pub fn word(self) -> &'static str {
        match self {
            Self::NotEngaged => "not engaged",
            Self::Exempt => "exempt",
            Self::Fulfilled => "fulfilled",
            Self::Overridden => "overridden",
            Self::Excused => "excused",
            Self::Violated => "violated",
            Self::Met => "met",
            Self::FallsShort => "falls short",
            Self::NotRaised => "not raised",
            Self::Raised => "raised",
        }
    }

    /// Reads the words of the language.
    #[must_use]
    pub fn read(word: &str) -> Option<Self> {
        Self::ALL.into_iter().find(|status| status.word() == word)
    }

    /// Whether norms of this sort can have this status.
    #[must_use]
    pub fn fits(self, sort: NormSort) -> bool {
        match sort {
            NormSort::Duty => self <= Self::Violated,
            NormSort::Ideal => matches!(self, Self::NotEngaged | Self::Met | Self::FallsShort),
            NormSort::Concern => matches!(self, Self::NotRaised | Self::Raised),
        }
    }
}

/// A set of statuses: one bit a status; one bit set means determined.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct StatusSet(pub u16);

impl StatusSet {
    /// No status.
    pub const EMPTY: Self = Self(0);

    /// The set of one.
    #[must_use]
    pub const fn only(status: Status) -> Self {
        Self(1 << status as u16)
    }

    /// With one more.
    #[must_use]
    pub const fn with(self, status: Status) -> Self {
        Self(self.0 | Self::only(status).0)
    }

    /// Adds one.
    pub fn insert(&mut self, status: Status) {
        *self = self.with(status);
    }

    /// Whether it is in the set.
    #[must_use]
    pub const fn has(self, status: Status) -> bool {
        self.0 & Self::only(status).0 != 0
    }

    /// Whether every member is in `other`.
    #[must_use]
    pub const fn within(self, other: Self) -> bool {
        self.0 & !other.0 == 0
    }

    /// Whether they share a member.
    #[must_use]
    pub const fn meets(self, other: Self) -> bool {
        self.0 & other.0 != 0
    }

    /// Both together.
    #[must_use]
    pub const fn union(self, other: Self) -> Self {
        Self(self.0 | other.0)
    }

    /// Without one.
    #[must_use]
    pub const fn without(self, status: Status) -> Self {
        Self(self.0 & !Self::only(status).0)
    }

    /// How many.
    #[must_use]
    pub const fn len(self) -> u32 {
        self.0.count_ones()
    }

    /// Whether there is none.
    #[must_use]
    pub const fn is_empty(self) -> bool {
        self.0 == 0
    }

    /// The one status, where the verdict is determined.
    #[must_use]
    pub fn determined(self) -> Option<Status> {
        if self.len() == 1 {
            self.iter().next()
        } else {
            None
        }
    }

    /// Members in order.
    pub fn iter(self) -> impl Iterator<Item = Status> {
        let mut left = self.0;
        std::iter::from_fn(move || {
            let next = Status::ALL.get(left.trailing_zeros() as usize);
            left &= left.wrapping_sub(1);
            next.copied()
        })
    }
}

impl FromIterator<Status> for StatusSet {
    fn from_iter<It: IntoIterator<Item = Status>>(statuses: It) -> Self {
        statuses.into_iter().fold(Self::EMPTY, Self::with)
    }
}
