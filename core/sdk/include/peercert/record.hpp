#pragma once

#include <array>
#include <cstdint>
#include <optional>
#include <span>
#include <stdexcept>
#include <vector>

#include <peercert/date.hpp>
#include <peercert/id.hpp>
#include <peercert/vocabulary.hpp>

/// What rules and plugins see of a person: dated facts without a name, a contact or a story. Everything here is a
/// value; words are numbers of the process's Vocabulary.
namespace peercert {

enum class EntryKind : std::uint8_t {
    training,    ///< a course completed; code = course, amount = contact minutes
    attendance,  ///< presence at one session; code = unit of the session (or none), amount = minutes present
    sign_off,    ///< a competency observed; code = "framework/competency"
    exam,        ///< one attempt; code = part, amount = score in hundredths of a percent or point
    practice,    ///< peer-support hours; amount = minutes
    supervision, ///< supervision meetings or co-reflection; amount = minutes
    ce,          ///< continuing education; amount = minutes; tags = topics
    activity,    ///< something led or done that is counted in times (a group co-facilitated); amount = 1 each
    attestation, ///< a statement made; code = statement (lived experience is only ever this)
    document,    ///< a document on file; code = document
    fact,        ///< something true from first to last day; code = fact
    decision     ///< what the certifying body decided on an open clause; code = clause name
};

/// How an entry ended. `pending` counts only in the upper end of an amount until somebody settles it.
enum class EntryResult : std::uint8_t {
    none,
    passed,
    not_yet,
    no_show,
    shown,
    not_observed,
    approved,
    refused,
    pending
};

/// At most eight words on one entry (topics, delivery mode, paid or volunteer, role): enough for every track known, and
/// no allocation when a whole state is read.
class Tags {
public:
    static constexpr std::size_t most = 8;
    Tags() = default;
    /// Adding a word twice is harmless; a ninth word throws std::length_error.
    void add(Symbol word) {
        if (word == Symbol::none || has(word))
            return;
        if (size_ == most)
            throw std::length_error("an entry carries at most eight words");
        words_[size_++] = word;
    }
    bool has(Symbol word) const {
        for (const Symbol mine : words())
            if (mine == word)
                return true;
        return false;
    }
    std::span<const Symbol> words() const { return {words_.data(), size_}; }

private:
    std::array<Symbol, most> words_{};
    std::size_t size_{0};
};

/// One line of the ledger. An entry belongs to its last day (the day it was completed); one that spans several days and
/// crosses a window's edge cannot be counted exactly and is reported as "split it". A fact without an end has no_end.
struct Entry {
    EntryId id;
    EntryKind kind{EntryKind::fact};
    EntryResult result{EntryResult::none};
    Date first{};
    Date last{};
    std::int64_t amount{0};
    Symbol code{Symbol::none};
    Symbol provider{Symbol::none};
    Tags tags;
    /// In which role somebody vouched for it, as "edition code/meaning or level" (wa-cpss/approved supervisor), and the
    /// days on which that person held the role, as relied on when it was recorded. none: nobody vouched.
    Symbol authority{Symbol::none};
    DayRange authority_held;
    std::int64_t session{0}; ///< session it belongs to, 0 if none
    std::int64_t cohort{0};  ///< cohort it belongs to, 0 if none
};

inline constexpr Date no_end{std::chrono::year{9999}, std::chrono::December, std::chrono::day{31}};

/// One period of validity of something held; both days inclusive, an absent last day has no end.
struct HeldTerm {
    int number{1};
    Symbol level{Symbol::none};
    Date first{};
    std::optional<Date> last;
    std::optional<Date> decided{}; ///< day of the decision that gave it; absent: its first day is all that is known
};

/// A credential somebody was issued (never one they merely qualify for), with the days on which it was out of force.
struct Holding {
    Symbol track{Symbol::none};
    std::vector<HeldTerm> terms;        ///< by number
    std::vector<DayRange> out_of_force; ///< suspended, revoked, surrendered or replaced

    /// The term in force on that day, if any, with the level asked (or any level for Symbol::none).
    const HeldTerm* in_force(Date day, Symbol level = Symbol::none) const {
        for (const DayRange& out : out_of_force)
            if (out.contains(day))
                return nullptr;
        for (const HeldTerm& term : terms)
            if (term.first <= day && (!term.last || day <= *term.last) &&
                (level == Symbol::none || level == term.level))
                return &term;
        return nullptr;
    }
};

/// A decision of a track relied on an entry (the initial certification used it up, say).
struct Use {
    EntryId entry;
    Symbol track{Symbol::none};
    Date decided{};
};

/// One person's ledger as rules see it: corrected entries already folded in, sorted by (last day, id).
struct Record {
    std::optional<Date> born;
    std::vector<Entry> entries;
    std::vector<Holding> holdings;
    std::vector<Use> uses; ///< by entry
};

} // namespace peercert
