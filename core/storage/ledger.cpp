#include <algorithm>

#include <soci/soci.h>

#include "domain/credential.hpp"
#include "domain/entry.hpp"
#include "storage/detail/fast_text.hpp"
#include "storage/detail/fixed_sql.hpp"
#include "storage/detail/postgres_statement.hpp"
#include "storage/detail/sqlite_statement.hpp"
#include "storage/detail/use_of.hpp"
#include "storage/entries.hpp"
#include "storage/people.hpp"

/// From rows to what rules see. One reading serves one person and a whole state, SQLite and PostgreSQL.
namespace peercert::storage {

namespace {

// A key that is NULL reads as 0. The time of recording costs a column a row and is read only when it is asked for.
constexpr FixedSql entry_columns = "select person, last_day, id, kind, result, first_day, amount, code, tags, "
                                   "provider, session, cohort, authority_role, "
                                   "authority_first, authority_last, replaces, withdrawn";
constexpr FixedSql from_entry = ", recorded_at, audit from entry ";
constexpr FixedSql from_entry_now = " from entry ";
constexpr FixedSql term_query =
    "select credential.person, credential.id, track, n, level, first_day, "
    "coalesce(last_day, ''), term.recorded_at, coalesce(decided_on, ''), term.audit, place from credential "
    "join term on term.credential = credential.id "
    "left join decision on decision.id = term.decision ";
constexpr FixedSql event_query = "select credential.person, credential.id, n, kind, effective_day, recorded_at, "
                                 "credential_event.audit, level from credential_event join credential on "
                                 "credential.id = credential_event.credential ";
constexpr FixedSql person_query = "select id, coalesce(born, '') from person ";

constexpr std::int64_t nobody = INT64_MAX;

const std::string_view beside_word = domain::to_text(domain::TermPlace::beside);

/// What of the record is read: everything, what was recorded by an instant, or what units before an audit row recorded.
struct Known {
    std::optional<domain::Instant> at;
    std::int64_t before_audit{0};
};

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

template <class Rows>
class Reading {
public:
    Reading(Rows& people, Rows& entries, Rows& terms, Rows& events, Vocabulary& vocabulary, const Known& known)
        : people_(people), entries_(entries), terms_(terms), events_(events), words_(vocabulary),
          known_at_(known.at ? domain::to_text(*known.at) : std::string{}), before_(known.before_audit),
          everything_(!known.at && known.before_audit == 0) {}

    bool more() const { return people_.person() != nobody; }
    PersonId person() const { return PersonId(people_.person()); }

    /// The record of the person that `person` names; then goes on to the next. Whether there was anything in it.
    bool read(Record& record) {
        const std::int64_t person = people_.person();
        record.born = quick_optional_day(people_.row().text(1));
        people_.advance();
        record.entries.clear();
        record.holdings.clear();
        superseded_.clear();
        while (entries_.person() == person)
            read_entry(record);
        if (!superseded_.empty())
            fold_corrections(record);
        read_holdings(person, record);
        return !record.entries.empty() || !record.holdings.empty();
    }

private:
    /// Whether the row was not on record then. Its audit row says in which unit it was written.
    bool unknown_then(Rows& row, int recorded_at, int audit) const {
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

    void read_entry(Record& record) {
        Rows& row = entries_.row();
        if (!unknown_then(row, 17, 18)) {
            if (const std::int64_t replaced = row.integer(15); replaced != 0)
                superseded_.push_back(replaced);
            if (row.integer(16) == 0) {
                Entry& entry = record.entries.emplace_back();
                const auto last_day = row.text(1);
                entry.last = quick_day(last_day);
                entry.id = EntryId(row.integer(2));
                entry.kind = kind_of(row.text(3));
                entry.result = word_of(domain::parse_entry_result(row.text(4)));
                const auto first_day = row.text(5);
                entry.first = first_day == last_day ? entry.last : quick_day(first_day);
                entry.amount = row.integer(6);
                entry.code = words_.symbol(row.text(7));
                if (const auto tags = row.text(8); !tags.empty())
                    entry.tags = words_.tags(tags);
                entry.provider = words_.symbol(row.text(9));
                entry.session = row.integer(10);
                entry.cohort = row.integer(11);
                if (const auto role = row.text(12); !role.empty()) {
                    entry.authority = words_.symbol(role);
                    entry.authority_held = {quick_optional_day(row.text(13)), quick_optional_day(row.text(14))};
                }
            }
        }
        entries_.advance();
    }

    void fold_corrections(Record& record) {
        std::sort(superseded_.begin(), superseded_.end());
        const auto gone = [this](const Entry& entry) {
            return std::binary_search(superseded_.begin(), superseded_.end(), entry.id.value());
        };
        record.entries.erase(std::remove_if(record.entries.begin(), record.entries.end(), gone), record.entries.end());
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

    ByPerson<Rows> people_;
    ByPerson<Rows> entries_;
    ByPerson<Rows> terms_;
    ByPerson<Rows> events_;
    WordCache words_;
    TextTable<EntryKind> kinds_;
    std::string known_at_;
    std::int64_t before_;
    bool everything_;
    std::vector<std::int64_t> superseded_;
    std::vector<HeldTerm> beside_; ///< of the credential being read
    std::vector<std::int64_t> credentials_;
    std::vector<std::pair<std::int64_t, domain::CredentialEvent>> happened_;
};

template <class Statement>
struct OnePerson final : KeptStatement {
    explicit OnePerson(Connection& connection)
        : person(connection, joined_sql(person_query, "where id = $1")),
          entries(connection, joined_sql(entry_columns, from_entry, "where person = $1 order by person, last_day, id")),
          terms(connection, joined_sql(term_query, "where credential.person = $1 order by credential.id, n")),
          events(connection, joined_sql(event_query, "where credential.person = $1 order by credential.id, n")) {}
    Statement person;
    Statement entries;
    Statement terms;
    Statement events;
};

/// Everybody whose key is greater than $1 and at most $2.
template <class Statement>
struct ManyPeople final : KeptStatement {
    explicit ManyPeople(Connection& connection)
        : people(connection, joined_sql(person_query, "where id > $1 and id <= $2 order by id")),
          entries(connection, joined_sql(entry_columns, from_entry_now,
                                         "where person > $1 and person <= $2 order by person, last_day, id")),
          terms(connection, joined_sql(term_query, "where credential.person > $1 and credential.person <= $2 order by "
                                                   "credential.person, credential.id, n")),
          events(connection,
                 joined_sql(event_query, "where credential.person > $1 and credential.person <= $2 order by "
                                         "credential.person, credential.id, n")) {}
    Statement people;
    Statement entries;
    Statement terms;
    Statement events;
};

template <class Statement>
void read_many(Connection& connection, Vocabulary& vocabulary, PersonId after, PersonId last,
               const Entries::EachRecord& each) {
    auto& kept = connection.kept<ManyPeople<Statement>>();
    for (Statement* statement : {&kept.people, &kept.entries, &kept.terms, &kept.events}) {
        statement->bind(0, after.value());
        statement->bind(1, last.value());
    }
    const UseOf people_use(kept.people);
    const UseOf entries_use(kept.entries);
    const UseOf terms_use(kept.terms);
    const UseOf events_use(kept.events);
    Reading reading(kept.people, kept.entries, kept.terms, kept.events, vocabulary, Known{});
    Record record;
    while (reading.more()) {
        const PersonId person = reading.person();
        if (reading.read(record))
            each(person, record);
    }
}

template <class Statement>
Record record_of(Connection& connection, PersonId person, Vocabulary& vocabulary, const Known& known) {
    auto& kept = connection.kept<OnePerson<Statement>>();
    const std::int64_t id = person.value();
    for (Statement* statement : {&kept.person, &kept.entries, &kept.terms, &kept.events})
        statement->bind(0, id);
    const UseOf person_use(kept.person);
    const UseOf entries_use(kept.entries);
    const UseOf terms_use(kept.terms);
    const UseOf events_use(kept.events);
    Reading reading(kept.person, kept.entries, kept.terms, kept.events, vocabulary, known);
    if (!reading.more())
        throw Error(ErrorCode::not_found, "no such person");
    Record record;
    (void)reading.read(record);
    return record;
}

} // namespace

Record Entries::record(PersonId person, Vocabulary& vocabulary, std::optional<domain::Instant> known_at) {
    const Known known{known_at, 0};
    Record record = connection_.backend() == Backend::postgresql
                        ? record_of<PostgresStatement>(connection_, person, vocabulary, known)
                        : record_of<SqliteStatement>(connection_, person, vocabulary, known);
    record.uses = uses(person, vocabulary, known_at);
    return record;
}

Record Entries::record_before(PersonId person, Vocabulary& vocabulary, domain::DecisionId decision) {
    const long long key = decision.value();
    long long audit = 0;
    connection_.sql() << "select audit from decision where id = :id", soci::use(key), soci::into(audit);
    if (!connection_.sql().got_data())
        throw Error(ErrorCode::not_found, "there is no decision " + std::to_string(decision.value()));
    const Known known{std::nullopt, audit};
    Record record = connection_.backend() == Backend::postgresql
                        ? record_of<PostgresStatement>(connection_, person, vocabulary, known)
                        : record_of<SqliteStatement>(connection_, person, vocabulary, known);
    record.uses = uses(person, vocabulary, std::nullopt, audit);
    return record;
}

void Entries::each_record(Vocabulary& vocabulary, PersonId after, PersonId last, const EachRecord& each) {
    if (connection_.backend() == Backend::postgresql)
        read_many<PostgresStatement>(connection_, vocabulary, after, last, each);
    else
        read_many<SqliteStatement>(connection_, vocabulary, after, last, each);
}

void Entries::each_record(Vocabulary& vocabulary, const EachRecord& each) {
    const std::int64_t last = People(connection_).last().value();
    for (std::int64_t after = 0; after < last; after += people_at_once)
        each_record(vocabulary, PersonId(after), PersonId(after + people_at_once), each);
}

} // namespace peercert::storage
