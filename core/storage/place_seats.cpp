#include <soci/soci.h>

#include "storage/detail/connection.hpp"
#include "storage/detail/values.hpp"
#include "storage/places.hpp"

/// Seats that somebody pays for, and what is deleted on schedule.
namespace peercert::storage {

using domain::PaperKind;
using domain::PlaceRequestId;

void Places::set_pool(CohortId cohort, OrganizationId payer, int seats) {
    connection_.changing();
    const long long cohort_key = cohort.value();
    const long long payer_key = payer.value();
    const long long count = seats;
    const std::string& now = connection_.now_text();
    const long long audit = connection_.next_audit();
    long long n = 0;
    connection_.sql() << "select coalesce(max(n), 0) + 1 from seat_pool where cohort = :cohort and payer = :payer",
        soci::use(cohort_key), soci::use(payer_key), soci::into(n);
    connection_.sql() << "insert into seat_pool (cohort, payer, n, seats, recorded_at, audit) values (:cohort, :payer, "
                         ":n, :seats, :now, :audit)",
        soci::use(cohort_key), soci::use(payer_key), soci::use(n), soci::use(count), soci::use(now), soci::use(audit);
    connection_.added(RowText("seat_pool").add(cohort_key).add(payer_key).add(n).add(count).add(now));
}

std::vector<domain::SeatPool> Places::pools(CohortId cohort) {
    const long long key = cohort.value();
    long long payer = 0;
    long long seats = 0;
    soci::statement statement =
        (connection_.sql().prepare
             << "select payer, seats from seat_pool p where cohort = :key and n = (select max(n) "
                "from seat_pool q where q.cohort = p.cohort and q.payer = p.payer) order by payer",
         soci::use(key), soci::into(payer), soci::into(seats));
    statement.execute();
    std::vector<domain::SeatPool> found;
    while (statement.fetch())
        found.push_back({OrganizationId(payer), static_cast<int>(seats)});
    return found;
}

void Places::set_payer(PlaceRequestId request, OrganizationId payer) {
    connection_.changing();
    const long long key = request.value();
    const OptionalKey payer_key(payer);
    const std::string& now = connection_.now_text();
    const long long audit = connection_.next_audit();
    long long n = 0;
    connection_.sql() << "select coalesce(max(n), 0) + 1 from seat_use where request = :request", soci::use(key),
        soci::into(n);
    connection_.sql() << "insert into seat_use (request, n, payer, recorded_at, audit) values (:request, :n, :payer, "
                         ":now, :audit)",
        soci::use(key), soci::use(n), soci::use(payer_key.value, payer_key.state), soci::use(now), soci::use(audit);
    connection_.added(RowText("seat_use").add(key).add(n).add_key(payer_key.value).add(now));
}

OrganizationId Places::payer(PlaceRequestId request) {
    const long long key = request.value();
    long long payer = 0;
    connection_.sql() << "select coalesce(max(payer), 0) from seat_use u where request = :key and n = (select max(n) "
                         "from seat_use v where v.request = u.request)",
        soci::use(key), soci::into(payer);
    return OrganizationId(payer);
}

void PlacePapers::set_scores(PlaceRequestId request, PersonId reviewer, const std::vector<Score>& scores) {
    connection_.changing();
    const long long key = request.value();
    const long long person = reviewer.value();
    connection_.sql() << "delete from place_score where request = :request and reviewer = :reviewer", soci::use(key),
        soci::use(person);
    for (const Score& score : scores) {
        const long long points = score.points;
        connection_.sql() << "insert into place_score (request, reviewer, criterion, points) values (:request, "
                             ":reviewer, :criterion, :points)",
            soci::use(key), soci::use(person), soci::use(score.criterion), soci::use(points);
    }
}

std::vector<PlacePapers::Score> PlacePapers::scores(PlaceRequestId request) {
    const long long key = request.value();
    long long reviewer = 0;
    std::string criterion;
    long long points = 0;
    soci::statement statement =
        (connection_.sql().prepare << "select reviewer, criterion, points from place_score where request = :key order "
                                      "by reviewer, criterion",
         soci::use(key), soci::into(reviewer), soci::into(criterion), soci::into(points));
    statement.execute();
    std::vector<Score> found;
    while (statement.fetch())
        found.push_back({PersonId(reviewer), criterion, static_cast<int>(points)});
    return found;
}

std::size_t PlacePapers::delete_scores(CohortId cohort) {
    connection_.changing();
    const long long key = cohort.value();
    long long count = 0;
    connection_.sql() << "select count(*) from place_score where request in (select id from place_request where cohort "
                         "= :key)",
        soci::use(key), soci::into(count);
    if (count != 0)
        connection_.sql()
            << "delete from place_score where request in (select id from place_request where cohort = :key)",
            soci::use(key);
    return static_cast<std::size_t>(count);
}

void PlacePapers::set_paper(PlaceRequestId request, PaperKind kind, std::string_view body) {
    connection_.changing();
    const long long key = request.value();
    const std::string word(to_text(kind));
    const std::string text(body);
    connection_.sql() << "insert into place_paper (request, kind, body) values (:request, :kind, :body) on conflict "
                         "(request, kind) do update set body = excluded.body",
        soci::use(key), soci::use(word), soci::use(text);
}

std::optional<std::string> PlacePapers::paper(PlaceRequestId request, PaperKind kind) {
    const long long key = request.value();
    const std::string word(to_text(kind));
    std::string body;
    soci::statement statement =
        (connection_.sql().prepare << "select body from place_paper where request = :request and kind = :kind",
         soci::use(key), soci::use(word), soci::into(body));
    statement.execute();
    std::optional<std::string> found;
    while (statement.fetch())
        found = body;
    return found;
}

std::vector<PaperKind> PlacePapers::papers(PlaceRequestId request) {
    const long long key = request.value();
    std::string kind;
    soci::statement statement =
        (connection_.sql().prepare << "select kind from place_paper where request = :key order by kind", soci::use(key),
         soci::into(kind));
    statement.execute();
    std::vector<PaperKind> found;
    while (statement.fetch())
        found.push_back(word_of(domain::parse_paper_kind(kind)));
    return found;
}

std::size_t PlacePapers::count(CohortId cohort) {
    const long long key = cohort.value();
    long long count = 0;
    connection_.sql() << "select count(*) from place_paper where request in (select id from place_request where cohort "
                         "= :key)",
        soci::use(key), soci::into(count);
    return static_cast<std::size_t>(count);
}

std::size_t PlacePapers::delete_papers(CohortId cohort) {
    const std::size_t there = count(cohort);
    if (there == 0)
        return 0;
    connection_.changing();
    const long long key = cohort.value();
    connection_.sql() << "delete from place_paper where request in (select id from place_request where cohort = :key)",
        soci::use(key);
    return there;
}

} // namespace peercert::storage
