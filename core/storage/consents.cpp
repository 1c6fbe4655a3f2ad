#include "storage/consents.hpp"

#include <algorithm>
#include <iterator>
#include <tuple>

#include <soci/soci.h>

#include "domain/text.hpp"
#include "storage/detail/connection.hpp"
#include "storage/detail/kept_answers.hpp"
#include "storage/detail/person_group.hpp"
#include "storage/detail/values.hpp"

namespace peercert::storage {

using domain::Consent;

void Consents::add(const Consent& consent) {
    connection_.changing();
    const PersonId whose = kept_of(connection_, consent.person);
    const long long person = whose.value();
    const std::string purpose(to_text(consent.purpose));
    const std::string about = consent.about.empty() ? std::string{} : domain::clean_code(consent.about, "track");
    const long long given = consent.given ? 1 : 0;
    const std::string wording = domain::clean_code(consent.wording, "version of the wording");
    const std::string day = to_text(consent.day);
    const std::string& actor = connection_.actor();
    const std::string& now = connection_.now_text();
    const long long audit = connection_.next_audit();
    long long n = 0;
    connection_.sql() << "select coalesce(max(n), 0) + 1 from person_consent where person = :person", soci::use(person),
        soci::into(n);
    connection_.sql() << "insert into person_consent (person, n, purpose, about, given, wording, day, typed_by, "
                         "recorded_at, audit) values (:person, :n, :purpose, :about, :given, :wording, :day, :actor, "
                         ":now, :audit)",
        soci::use(person), soci::use(n), soci::use(purpose), soci::use(about), soci::use(given), soci::use(wording),
        soci::use(day), soci::use(actor), soci::use(now), soci::use(audit);
    connection_.added(RowText("person_consent")
                          .add(person)
                          .add(n)
                          .add(purpose)
                          .add(about)
                          .add(given)
                          .add(wording)
                          .add(day)
                          .add(actor)
                          .add(now));
    for (const PersonId one : group_of(connection_, whose))
        keep_answers_of(connection_, one);
}

std::vector<Consent> Consents::of_person(PersonId person) {
    std::vector<std::pair<long long, Consent>> found; // with the audit row, which tells the order between records
    for (const PersonId one : group_of(connection_, person)) {
        const long long key = one.value();
        long long n = 0;
        long long given = 0;
        long long audit = 0;
        std::string purpose;
        std::string day;
        std::string recorded_at;
        Consent consent;
        soci::statement statement =
            (connection_.sql().prepare << "select n, purpose, about, given, wording, day, typed_by, recorded_at, audit "
                                          "from person_consent where person = :person order by n",
             soci::use(key), soci::into(n), soci::into(purpose), soci::into(consent.about), soci::into(given),
             soci::into(consent.wording), soci::into(day), soci::into(consent.typed_by), soci::into(recorded_at),
             soci::into(audit));
        statement.execute();
        while (statement.fetch()) {
            consent.person = one;
            consent.n = static_cast<int>(n);
            consent.purpose = word_of(domain::parse_consent_purpose(purpose));
            consent.given = given != 0;
            consent.day = day_of(day);
            consent.recorded_at = instant_of(recorded_at);
            found.emplace_back(audit, consent);
        }
    }
    std::stable_sort(found.begin(), found.end(), [](const auto& a, const auto& b) { return a.first < b.first; });
    std::vector<Consent> all;
    for (auto& [audit, consent] : found)
        all.push_back(std::move(consent));
    return all;
}

std::optional<Consent> Consents::standing(PersonId person, domain::ConsentPurpose purpose, std::string_view about) {
    std::optional<Consent> newest;
    for (Consent& one : of_person(person))
        if (one.purpose == purpose && (one.about.empty() || one.about == about))
            newest = std::move(one);
    return newest;
}

} // namespace peercert::storage
