#include "storage/confirmations.hpp"

#include <algorithm>
#include <soci/soci.h>

#include <sodium.h>

#include <peercert/error.hpp>

#include "domain/text.hpp"
#include "storage/detail/connection.hpp"
#include "storage/detail/digest.hpp"
#include "storage/detail/fixed_sql.hpp"
#include "storage/detail/person_group.hpp"
#include "storage/detail/values.hpp"

namespace peercert::storage {

namespace {

using domain::Confirmation;
using domain::ConfirmationEvent;
using domain::ConfirmationId;
using domain::ConfirmationRecord;
using domain::ConfirmationStep;

constexpr std::size_t secret_bytes = 32;
constexpr std::size_t secret_signs = 43;

std::string new_secret() {
    std::array<unsigned char, secret_bytes> bytes{};
    randombytes_buf(bytes.data(), bytes.size());
    std::array<char, secret_signs + 1> text{};
    sodium_bin2base64(text.data(), text.size(), bytes.data(), bytes.size(), sodium_base64_VARIANT_URLSAFE_NO_PADDING);
    sodium_memzero(bytes.data(), bytes.size());
    return text.data();
}

/// Without a key: 256 random bits cannot be tried out.
std::string digest_of(std::string_view secret) {
    Hasher hasher;
    hasher.add(secret);
    return to_hex(hasher.finish());
}

std::vector<ConfirmationEvent> events_of(Connection& connection, long long request) {
    std::string step;
    long long entry = 0;
    std::string recorded_at;
    soci::statement statement =
        (connection.sql().prepare << "select step, coalesce(entry, 0), recorded_at from confirmation_event where "
                                     "confirmation = :key order by n",
         soci::use(request), soci::into(step), soci::into(entry), soci::into(recorded_at));
    statement.execute();
    std::vector<ConfirmationEvent> found;
    while (statement.fetch())
        found.push_back({word_of(domain::parse_confirmation_step(step)), EntryId(entry), instant_of(recorded_at)});
    return found;
}

template <class Bound>
std::vector<ConfirmationRecord> confirmations_where(Connection& connection, FixedSql rest, const Bound& bound) {
    Confirmation one;
    long long id = 0, person = 0, supervisor = 0;
    std::string expires_at, recorded_at;
    soci::statement statement =
        (connection.sql().prepare << joined_sql("select id, person, supervisor, role, expires_at, typed_by, "
                                                "recorded_at from confirmation where ",
                                                rest, " order by id"),
         soci::use(bound), soci::into(id), soci::into(person), soci::into(supervisor), soci::into(one.role),
         soci::into(expires_at), soci::into(one.typed_by), soci::into(recorded_at));
    statement.execute();
    std::vector<ConfirmationRecord> found;
    while (statement.fetch()) {
        one.id = ConfirmationId(id);
        one.person = PersonId(person);
        one.supervisor = PersonId(supervisor);
        one.expires_at = instant_of(expires_at);
        one.recorded_at = instant_of(recorded_at);
        found.push_back({one, {}});
    }
    for (ConfirmationRecord& record : found)
        record.events = events_of(connection, record.request.id.value());
    return found;
}

std::optional<ConfirmationRecord> only(std::vector<ConfirmationRecord> found) {
    if (found.empty())
        return std::nullopt;
    return std::move(found.front());
}

} // namespace

Confirmations::Added Confirmations::add(const Confirmation& request, const std::vector<EntryId>& lines) {
    connection_.changing();
    Added added;
    added.secret = new_secret();
    const std::string digest = digest_of(added.secret);
    const long long person = request.person.value(), supervisor = request.supervisor.value();
    const std::string role = domain::clean_text(request.role, {"role", 120, true});
    const std::string expires_at = domain::to_text(request.expires_at);
    const std::string& actor = connection_.actor();
    const std::string& now = connection_.now_text();
    const long long audit = connection_.next_audit();
    long long id = 0;
    connection_.sql() << "select coalesce(max(id), 0) + 1 from confirmation", soci::into(id);
    connection_.sql() << "insert into confirmation (id, person, supervisor, role, secret_digest, expires_at, typed_by, "
                         "recorded_at, audit) values (:id, :person, :supervisor, :role, :digest, :expires, :actor, "
                         ":now, :audit)",
        soci::use(id), soci::use(person), soci::use(supervisor), soci::use(role), soci::use(digest),
        soci::use(expires_at), soci::use(actor), soci::use(now), soci::use(audit);
    connection_.added(RowText("confirmation")
                          .add(id)
                          .add(person)
                          .add(supervisor)
                          .add(role)
                          .add(digest)
                          .add(expires_at)
                          .add(actor)
                          .add(now));
    added.id = ConfirmationId(id);
    for (const EntryId line : lines)
        add_event(added.id, ConfirmationStep::asked, line);
    return added;
}

void Confirmations::add_event(ConfirmationId id, ConfirmationStep step, EntryId line) {
    connection_.changing();
    const long long request = id.value();
    for (const ConfirmationEvent& event : events_of(connection_, request))
        if (event.step == ConfirmationStep::answered || event.step == ConfirmationStep::withdrawn)
            throw Error(ErrorCode::conflict, "this request was " + std::string(to_text(event.step)) + " already");
    const std::string word(to_text(step));
    const OptionalKey entry(line);
    const std::string& actor = connection_.actor();
    const std::string& now = connection_.now_text();
    const long long audit = connection_.next_audit();
    long long n = 0;
    connection_.sql() << "select coalesce(max(n), 0) + 1 from confirmation_event where confirmation = :request",
        soci::use(request), soci::into(n);
    connection_.sql() << "insert into confirmation_event (confirmation, n, step, entry, typed_by, recorded_at, audit) "
                         "values (:request, :n, :step, :entry, :actor, :now, :audit)",
        soci::use(request), soci::use(n), soci::use(word), soci::use(entry.value, entry.state), soci::use(actor),
        soci::use(now), soci::use(audit);
    connection_.added(
        RowText("confirmation_event").add(request).add(n).add(word).add_key(entry.value).add(actor).add(now));
}

std::optional<ConfirmationRecord> Confirmations::find(ConfirmationId id) {
    const long long key = id.value();
    return only(confirmations_where(connection_, "id = :id", key));
}

std::optional<ConfirmationRecord> Confirmations::find_by_secret(std::string_view secret) {
    if (secret.size() != secret_signs)
        return std::nullopt;
    const std::string digest = digest_of(secret);
    return only(confirmations_where(connection_, "secret_digest = :digest", digest));
}

std::vector<ConfirmationRecord> Confirmations::of_person(PersonId person) {
    std::vector<ConfirmationRecord> found;
    for (const PersonId one : group_of(connection_, person)) {
        const long long key = one.value();
        for (ConfirmationRecord& record : confirmations_where(connection_, "person = :person", key))
            found.push_back(std::move(record));
    }
    std::sort(found.begin(), found.end(),
              [](const ConfirmationRecord& a, const ConfirmationRecord& b) { return a.request.id < b.request.id; });
    return found;
}

} // namespace peercert::storage
