#pragma once

#include <algorithm>
#include <charconv>
#include <cstdint>
#include <optional>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

#include <peercert/record.hpp>

#include "domain/credential.hpp"
#include "domain/entry.hpp"
#include "storage/detail/fast_text.hpp"
#include "storage/detail/record_known.hpp"
#include "storage/entries.hpp"

/// From rows sorted by person to records, whoever gives the rows. Columns are counted as the queries of ledger.cpp name
/// them.
namespace peercert::storage {

inline constexpr std::int64_t nobody = INT64_MAX;
inline const std::string_view beside_word = domain::to_text(domain::TermPlace::beside);

/// Rows sorted by person, one ahead.
template <class Rows>
class ByPerson {
public:
    explicit ByPerson(Rows& rows) : rows_(rows) { advance(); }
    std::int64_t person() const { return person_; }
    void advance() { person_ = rows_.next() ? rows_.integer(0) : nobody; }
    Rows& row() { return rows_; }

private:
    Rows& rows_;
    std::int64_t person_{nobody};
};

/// Where the rows come from, but for the lines. Of `uses` there may be none: then they are not read.
template <class Rows>
struct Sources {
    Rows& people;
    Rows& more; ///< of the lines that replace another or were vouched for
    Rows& terms;
    Rows& events;
    Rows* uses{nullptr};
};

/// Lines come in one by one, sorted by person; each record goes out when its last line is in.
template <class Rows, class Each>
class Reading {
public:
    /// `parts` and `each` outlive the reading.
    Reading(const Sources<Rows>& from, Vocabulary& vocabulary, const Known& known, const RecordParts& parts,
            const Each& each)
        : people_(from.people), more_(from.more), terms_(from.terms), events_(from.events), parts_(parts),
          words_(vocabulary), known_at_(known.at ? domain::to_text(*known.at) : std::string{}),
          before_(known.before_audit), everything_(known.everything()), each_(each) {
        if (from.uses != nullptr)
            uses_.emplace(*from.uses);
        note_more();
    }

    /// Also records of people of whom nothing is on record.
    void give_out_empty_ones() { empty_ones_ = true; }

    /// Whether the next line is to be read at all.
    bool wants(std::int64_t person, std::string_view kind) {
        open(person);
        return (wanted_ >> static_cast<unsigned>(kind_of(kind)) & 1U) != 0;
    }
    /// The next line of the ledger.
    template <class Row>
    void operator()(const Row& row) {
        open(row.integer(0));
        read_entry(row);
    }
    /// There are no more lines.
    void end() { close_before(nobody); }

private:
    void open(std::int64_t person) {
        if (person == open_)
            return;
        close_before(person);
        if (people_.person() != person)
            damaged("line of nobody");
        begin();
        open_ = person;
    }

    /// Gives out the records of everybody before that person: the one whose lines are in, and those without any.
    void close_before(std::int64_t person) {
        while (people_.person() < person) {
            if (people_.person() != open_)
                begin();
            finish();
        }
    }

    /// What is known before the lines.
    void begin() {
        record_.born = quick_optional_day(people_.row().text(1));
        read_holdings(people_.person(), record_);
        wanted_ = parts_.kinds ? parts_.kinds(PersonId(people_.person()), record_) : all_kinds;
    }

    void finish() {
        const std::int64_t whose = people_.person();
        if (!replaced_by_.empty())
            fold_corrections(record_);
        if (uses_)
            read_uses(whose, record_);
        while (more_.person() <= whose)
            next_more();
        if (whose == open_ || !record_.holdings.empty() || empty_ones_)
            each_(PersonId(whose), record_);
        record_.entries.clear();
        record_.holdings.clear();
        record_.uses.clear();
        replaced_by_.clear();
        people_.advance();
    }

    /// Whether the row was not on record then. Its audit row says in which unit it was written.
    template <class Row>
    bool unknown_then(const Row& row, int recorded_at, int audit) const {
        if (everything_)
            return false;
        return (!known_at_.empty() && row.text(recorded_at) > known_at_) ||
               (before_ != 0 && row.integer(audit) >= before_);
    }

    EntryKind kind_of(std::string_view word) {
        if (const EntryKind* found = kinds_.find(word))
            return *found;
        const EntryKind kind = word_of(domain::parse_entry_kind(word));
        kinds_.add(domain::to_text(kind), kind);
        return kind;
    }

    static constexpr std::uint16_t all_kinds = 0xffff;

    void next_more() {
        more_.advance();
        note_more();
    }
    void note_more() { more_id_ = more_.person() == nobody ? 0 : more_.row().integer(1); }

    template <class Row>
    void read_entry(const Row& row) {
        const std::int64_t id = row.integer(2);
        if (wanted_ != all_kinds) // what lines that nobody wanted had more
            while (more_.person() == open_ && std::pair(more_.row().text(7), more_id_) < std::pair(row.text(1), id))
                next_more();
        const bool has_more = id == more_id_;
        if (!unknown_then(row, 12, 13)) {
            if (!has_more)
                add_entry(row, id);
            else
                add_with_more(row, id);
        }
        if (has_more)
            next_more();
    }

    template <class Row>
    Entry& add_entry(const Row& row, std::int64_t id) {
        Entry& entry = record_.entries.emplace_back();
        const auto last_day = row.text(1);
        entry.last = quick_day(last_day);
        entry.id = EntryId(id);
        entry.kind = kind_of(row.text(3));
        if (const auto result = row.text(4); !same_text<4>(result, "none"))
            entry.result = word_of(domain::parse_entry_result(result));
        const auto first_day = row.text(5);
        entry.first = same_text<10>(first_day, last_day.data()) ? entry.last : quick_day(first_day);
        entry.amount = row.integer(6);
        entry.code = words_.symbol(row.text(7));
        if (const auto tags = row.text(8); !tags.empty())
            entry.tags = words_.tags(tags);
        entry.provider = words_.symbol(row.text(9));
        if (parts_.places) {
            entry.session = row.integer(10);
            entry.cohort = row.integer(11);
        }
        return entry;
    }

    template <class Row>
    void add_with_more(const Row& row, std::int64_t id) {
        Rows& more = more_.row();
        if (const std::int64_t replaced = more.integer(2); replaced != 0)
            replaced_by_.emplace_back(replaced, id);
        if (more.integer(3) != 0)
            return; // it withdraws the one it replaces
        Entry& entry = add_entry(row, id);
        if (const auto role = more.text(4); !role.empty()) {
            entry.authority = words_.symbol(role);
            entry.authority_held = {quick_optional_day(more.text(5)), quick_optional_day(more.text(6))};
        }
    }

    void fold_corrections(Record& record) {
        std::sort(replaced_by_.begin(), replaced_by_.end());
        std::erase_if(record.entries, [this](const Entry& entry) { return replacement_of(entry.id.value()) != 0; });
    }

    /// The line that stands in the place of a corrected or withdrawn one; 0: it stands itself.
    std::int64_t replacement_of(std::int64_t entry) const {
        const auto found =
            std::lower_bound(replaced_by_.begin(), replaced_by_.end(), std::pair(entry, std::int64_t{0}));
        return found != replaced_by_.end() && found->first == entry ? found->second : 0;
    }

    void read_holdings(std::int64_t person, Record& record) {
        std::int64_t last = 0;
        while (terms_.person() == person) {
            Rows& row = terms_.row();
            if (!unknown_then(row, 7, 9)) {
                if (row.integer(1) != last) {
                    if (!beside_.empty())
                        lay_beside(record.holdings.back());
                    last = row.integer(1);
                    record.holdings.push_back({words_.symbol(row.text(2)), {}, {}});
                    credentials_.push_back(last);
                }
                auto& terms = record.holdings.back().terms;
                const HeldTerm term{static_cast<int>(row.integer(3)), words_.symbol(row.text(4)),
                                    quick_day(row.text(5)), quick_optional_day(row.text(6)),
                                    quick_optional_day(row.text(8))};
                if (row.text(10) == beside_word)
                    beside_.push_back(term);
                else
                    follow(terms, term);
            }
            terms_.advance();
        }
        if (!beside_.empty())
            lay_beside(record.holdings.back());
        while (events_.person() == person) {
            Rows& row = events_.row();
            if (!unknown_then(row, 5, 6)) {
                domain::CredentialEvent event;
                event.n = static_cast<int>(row.integer(2));
                event.kind = word_of(domain::parse_credential_event_kind(row.text(3)));
                event.effective_day = quick_day(row.text(4));
                event.level = row.text(7);
                happened_.emplace_back(row.integer(1), event);
            }
            events_.advance();
        }
        if (!happened_.empty())
            put_out_of_force(record);
        credentials_.clear();
    }

    /// A term that begins earlier than the one before it ends takes its place.
    static void follow(std::vector<HeldTerm>& terms, const HeldTerm& term) {
        if (!terms.empty() && (!terms.back().last || *terms.back().last >= term.first))
            terms.back().last = add_days(term.first, -1);
        terms.push_back(term);
    }

    /// What was added stands behind the row, each level in a row of its own, on the days on which the row is in force.
    void lay_beside(Holding& holding) {
        const std::vector<HeldTerm> row = holding.terms;
        for (std::size_t at = 0; at < beside_.size(); ++at) {
            HeldTerm term = beside_[at];
            for (std::size_t next = at + 1; next < beside_.size(); ++next)
                if (beside_[next].level == term.level && (!term.last || *term.last >= beside_[next].first))
                    term.last = add_days(beside_[next].first, -1);
            std::optional<Date> borne_until = add_days(term.first, -1);
            for (const HeldTerm& one : row)
                if (borne_until && one.first <= add_days(*borne_until, 1) && (!one.last || *one.last > *borne_until))
                    borne_until = one.last;
            if (borne_until && (!term.last || *term.last > *borne_until))
                term.last = borne_until;
            if (!term.last || term.first <= *term.last)
                holding.terms.push_back(term);
        }
        beside_.clear();
    }

    void put_out_of_force(Record& record) {
        for (std::size_t i = 0; i < credentials_.size(); ++i) {
            std::vector<domain::CredentialEvent> events;
            std::vector<std::string> levels;
            for (const auto& [credential, event] : happened_)
                if (credential == credentials_[i]) {
                    events.push_back(event);
                    if (!event.level.empty() && std::find(levels.begin(), levels.end(), event.level) == levels.end())
                        levels.push_back(event.level);
                }
            record.holdings[i].out_of_force = domain::out_of_force(events);
            for (const std::string& level : levels)
                cut_out(record.holdings[i], words_.symbol(level), domain::out_of_force(events, {}, level));
        }
        happened_.clear();
    }

    /// Takes the days on which one level alone was out of force out of its terms.
    static void cut_out(Holding& holding, Symbol level, const std::vector<DayRange>& out) {
        std::vector<HeldTerm> kept;
        for (HeldTerm term : holding.terms) {
            bool gone = false;
            for (const DayRange& range : out) { // in order
                if (term.level != level || (term.last && *term.last < *range.first) ||
                    (range.last && *range.last < term.first))
                    continue;
                if (term.first < *range.first) {
                    kept.push_back(term);
                    kept.back().last = add_days(*range.first, -1);
                }
                gone = !range.last || (term.last && *term.last <= *range.last);
                if (gone)
                    break;
                term.first = add_days(*range.last, 1);
            }
            if (!gone)
                kept.push_back(term);
        }
        holding.terms = std::move(kept);
    }

    /// Which lines granted decisions relied on; what was corrected since stays used up in its new form.
    void read_uses(std::int64_t person, Record& record) {
        while (uses_->person() == person) {
            Rows& row = uses_->row();
            if (!unknown_then(row, 4, 5)) {
                const Symbol track = words_.symbol(row.text(1));
                const Date decided = quick_day(row.text(2));
                const std::string_view evidence = row.text(3);
                const char* const end = evidence.data() + evidence.size();
                for (const char* at = evidence.data(); at < end;) {
                    std::int64_t id = 0;
                    const auto [stop, problem] = std::from_chars(at, end, id);
                    if (problem != std::errc{})
                        damaged("list of evidence");
                    for (std::int64_t next = id; next != 0; next = replacement_of(next))
                        id = next;
                    record.uses.push_back({EntryId(id), track, decided});
                    at = stop + 1;
                }
            }
            uses_->advance();
        }
        std::stable_sort(record.uses.begin(), record.uses.end(),
                         [](const Use& a, const Use& b) { return a.entry < b.entry; });
    }

    ByPerson<Rows> people_;
    ByPerson<Rows> more_;
    std::int64_t more_id_{0}; ///< the line that the next of `more_` is about
    ByPerson<Rows> terms_;
    ByPerson<Rows> events_;
    std::optional<ByPerson<Rows>> uses_;
    const RecordParts& parts_;
    std::uint16_t wanted_{all_kinds};
    bool empty_ones_{false};
    WordCache words_;
    TextTable<EntryKind> kinds_;
    std::string known_at_;
    std::int64_t before_;
    bool everything_;
    std::vector<std::pair<std::int64_t, std::int64_t>> replaced_by_; ///< line and the one in its place
    std::int64_t open_{0};                                           ///< whose lines are coming in
    Record record_;
    const Each& each_;
    std::vector<HeldTerm> beside_; ///< of the credential being read
    std::vector<std::int64_t> credentials_;
    std::vector<std::pair<std::int64_t, domain::CredentialEvent>> happened_;
};

} // namespace peercert::storage
