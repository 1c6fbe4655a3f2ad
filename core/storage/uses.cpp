#include <algorithm>
#include <charconv>
#include <map>

#include <soci/soci.h>

#include "storage/detail/connection.hpp"
#include "storage/detail/values.hpp"
#include "storage/entries.hpp"

/// Which lines a decision has used up.
namespace peercert::storage {

namespace {

/// The line that stands where a corrected one stood.
std::map<std::int64_t, std::int64_t> corrections_of(Connection& connection, const long long& person,
                                                    const std::string& known_at, const long long& before) {
    long long id = 0;
    long long replaced = 0;
    soci::statement statement =
        (connection.sql().prepare << "select id, replaces from entry where person = :person and replaces is not null "
                                     "and recorded_at <= :known and audit < :before order by id",
         soci::use(person), soci::use(known_at), soci::use(before), soci::into(id), soci::into(replaced));
    statement.execute();
    std::map<std::int64_t, std::int64_t> corrections;
    while (statement.fetch())
        corrections[replaced] = id;
    return corrections;
}

} // namespace

std::vector<Use> Entries::uses(PersonId person, Vocabulary& vocabulary, std::optional<domain::Instant> known_at,
                               std::int64_t before_audit) {
    const long long key = person.value();
    const long long before = before_audit;
    const std::string known = known_at ? domain::to_text(*known_at) : std::string("9999");
    std::string track;
    std::string decided_on;
    std::string evidence;
    soci::statement statement =
        (connection_.sql().prepare
             << "select application.track, decision.decided_on, decision.evidence from decision "
                "join application on application.id = decision.application "
                "where application.person = :person and decision.outcome = 'granted' "
                "and decision.recorded_at <= :known and decision.audit < :before order by decision.id",
         soci::use(key), soci::use(known), soci::use(before), soci::into(track), soci::into(decided_on),
         soci::into(evidence));
    statement.execute();
    std::vector<Use> uses;
    while (statement.fetch()) {
        const Symbol used_by = vocabulary.intern(track);
        const Date day = day_of(decided_on);
        const char* const end = evidence.data() + evidence.size();
        for (const char* at = evidence.data(); at < end;) {
            std::int64_t id = 0;
            const auto [stop, problem] = std::from_chars(at, end, id);
            if (problem != std::errc{})
                damaged("list of evidence");
            uses.push_back({EntryId(id), used_by, day});
            at = stop + 1;
        }
    }
    if (uses.empty())
        return uses;
    const auto corrections = corrections_of(connection_, key, known, before);
    for (Use& use : uses) // what was corrected stays used up in its new form
        for (auto next = corrections.find(use.entry.value()); next != corrections.end();
             next = corrections.find(use.entry.value()))
            use.entry = EntryId(next->second);
    std::stable_sort(uses.begin(), uses.end(), [](const Use& a, const Use& b) { return a.entry < b.entry; });
    return uses;
}

} // namespace peercert::storage
