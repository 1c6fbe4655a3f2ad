#include "storage/detail/verification_lookup.hpp"

#include "storage/detail/fast_text.hpp"
#include "storage/detail/postgres_statement.hpp"
#include "storage/detail/sqlite_statement.hpp"
#include "storage/detail/timeline.hpp"
#include "storage/detail/use_of.hpp"

namespace peercert::storage {

namespace {

using domain::CredentialRecord;

// The counter behind a number is the key of its row, so no index on the number stands between.
constexpr std::string_view credential_query =
    "select number, person.id, track, coalesce(issuer, 0), credential.created_at, coalesce(departed_on, ''), hidden, "
    "coalesce("
    "(select full_name from person_name where person = person.id and kind = 'certificate' and last_day is null), "
    "(select full_name from person_name where person = person.id and kind = 'used' and last_day is null), "
    "(select full_name from person_name where person = person.id and kind = 'legal' and last_day is null), ''), "
    "coalesce(organization.name, ''), "
    "case when exists (select 1 from credential_event where credential_event.credential = credential.id) then 1 else 0 "
    "end, "
    "n, first_day, coalesce(last_day, ''), level, title, public_title, zone, timeline, recorded_at "
    "from credential join person on person.id = credential.person left join organization on organization.id = "
    "credential.issuer left join term on term.credential = credential.id where credential.id = $1 order by n";
constexpr std::string_view event_query = "select n, kind, effective_day, recorded_at, actor, condition from "
                                         "credential_event where credential = $1 order by n";

template <class Statement>
struct Lookup final : KeptStatement {
    explicit Lookup(Connection& connection)
        : credential(connection, credential_query), events(connection, event_query) {}
    Statement credential;
    Statement events;
};

/// Whether the credential has events, which the caller then reads.
template <class Statement>
bool read_credential(Statement& row, domain::CredentialNumber number, std::int64_t id, VerificationRecord& found) {
    CredentialRecord& record = found.record;
    record.credential.id = CredentialId(id);
    record.credential.number = number;
    record.credential.person = PersonId(row.integer(1));
    record.credential.track = row.text(2);
    record.credential.issuer = OrganizationId(row.integer(3));
    record.credential.created_at = instant_of(row.text(4));
    record.departed_on = quick_optional_day(row.text(5));
    record.hidden = row.integer(6) != 0;
    found.holder = row.text(7);
    found.issuer = row.text(8);
    const bool events = row.integer(9) != 0;
    do {
        const auto n = static_cast<int>(row.integer(10));
        if (n == 0)
            break; // issued, and no term yet
        domain::Term& term = record.terms.emplace_back();
        term.n = n;
        term.first_day = quick_day(row.text(11));
        term.last_day = quick_optional_day(row.text(12));
        term.level = row.text(13);
        term.title = row.text(14);
        term.public_title = row.text(15);
        term.zone = row.text(16);
        if (const auto timeline = row.text(17); !timeline.empty())
            term.timeline = timeline_of(timeline);
        term.recorded_at = instant_of(row.text(18));
    } while (row.next());
    return events;
}

template <class Statement>
void read_events(Statement& row, std::vector<domain::CredentialEvent>& events) {
    while (row.next()) {
        domain::CredentialEvent& event = events.emplace_back();
        event.n = static_cast<int>(row.integer(0));
        event.kind = word_of(domain::parse_credential_event_kind(row.text(1)));
        event.effective_day = quick_day(row.text(2));
        event.recorded_at = instant_of(row.text(3));
        event.actor = row.text(4);
        event.condition = row.text(5);
    }
}

template <class Statement>
std::optional<VerificationRecord> look_up(Connection& connection, const domain::Installation& installation,
                                          domain::CredentialNumber number) {
    auto& kept = connection.kept<Lookup<Statement>>();
    const std::int64_t id = domain::CodeBook(installation.number_key).counter(number);
    std::optional<VerificationRecord> found;
    {
        const UseOf use(kept.credential);
        kept.credential.bind(0, id);
        if (!kept.credential.next() || kept.credential.text(0) != number.str())
            return std::nullopt;
        found.emplace();
        if (!read_credential(kept.credential, number, id, *found))
            return found;
    }
    // Something happened to it: terms and events must be of one moment, so both are read in one transaction.
    found.emplace();
    connection.begin_read();
    {
        const UseOf use(kept.credential);
        kept.credential.bind(0, id);
        if (kept.credential.next())
            (void)read_credential(kept.credential, number, id, *found);
    }
    {
        const UseOf use(kept.events);
        kept.events.bind(0, id);
        read_events(kept.events, found->record.events);
    }
    connection.commit();
    return found;
}

} // namespace

std::optional<VerificationRecord> look_up_verification(Connection& connection, const domain::Installation& installation,
                                                       domain::CredentialNumber number) {
    return connection.backend() == Backend::postgresql ? look_up<PostgresStatement>(connection, installation, number)
                                                       : look_up<SqliteStatement>(connection, installation, number);
}

} // namespace peercert::storage
