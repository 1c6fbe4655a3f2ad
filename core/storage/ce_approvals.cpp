#include "storage/ce_approvals.hpp"

#include <algorithm>

#include <soci/soci.h>

#include "domain/text.hpp"
#include "storage/detail/connection.hpp"
#include "storage/detail/fixed_sql.hpp"
#include "storage/detail/values.hpp"

namespace peercert::storage {

namespace {

using domain::CeApproval;
using domain::CeApprovalId;

constexpr FixedSql columns = "select a.id, a.body, a.provider, a.course, a.topics, coalesce(a.minutes, 0), "
                             "a.first_day, coalesce(a.last_day, ''), coalesce(a.replaces, 0), a.withdrawn from "
                             "ce_approval a left join ce_approval later on later.replaces = a.id ";

std::string joined(const std::vector<std::string>& words) {
    std::string text;
    for (const std::string& word : words)
        text += (text.empty() ? "" : ",") + domain::clean_word(word, "topic");
    return text;
}

std::vector<std::string> split(const std::string& text) {
    std::vector<std::string> words;
    for (std::size_t from = 0; from < text.size();) {
        const auto end = std::min(text.find(',', from), text.size());
        words.push_back(text.substr(from, end - from));
        from = end + 1;
    }
    return words;
}

template <class... Bound>
std::vector<CeApproval> approvals_where(Connection& connection, FixedSql rest, const Bound&... bound) {
    long long id = 0;
    long long body = 0;
    long long provider = 0;
    long long minutes = 0;
    long long replaces = 0;
    long long withdrawn = 0;
    std::string course;
    std::string topics;
    std::string first;
    std::string last;
    soci::statement statement(connection.sql());
    (statement.exchange(soci::use(bound)), ...);
    const auto into = [&statement](auto&... variables) { (statement.exchange(soci::into(variables)), ...); };
    into(id, body, provider, course, topics, minutes, first, last, replaces, withdrawn);
    statement.alloc();
    statement.prepare(joined_sql(columns, rest));
    statement.define_and_bind();
    statement.execute();
    std::vector<CeApproval> found;
    while (statement.fetch()) {
        CeApproval one;
        one.id = CeApprovalId(id);
        one.body = OrganizationId(body);
        one.provider = OrganizationId(provider);
        one.course = course;
        one.topics = split(topics);
        if (minutes > 0)
            one.minutes = Minutes{minutes};
        one.days = {day_of(first), optional_day_of(last)};
        one.replaces = CeApprovalId(replaces);
        one.withdrawn = withdrawn != 0;
        found.push_back(std::move(one));
    }
    return found;
}

} // namespace

CeApprovalId CeApprovals::add(const CeApproval& approval) {
    connection_.changing();
    if (!approval.days.first || !approval.days.first->ok())
        throw Error(ErrorCode::invalid_input, "from which day is it approved?");
    if (approval.days.last && *approval.days.last < *approval.days.first)
        throw Error(ErrorCode::invalid_input, "the last day is before the first");
    if (approval.minutes && approval.minutes->count() <= 0)
        throw Error(ErrorCode::invalid_input, "an approval counts more than nothing");
    if (approval.replaces && !find(approval.replaces))
        throw Error(ErrorCode::not_found, "there is no approval " + std::to_string(approval.replaces.value()));
    if (approval.replaces && !stands(approval.replaces))
        throw Error(ErrorCode::conflict,
                    "approval " + std::to_string(approval.replaces.value()) + " is replaced or withdrawn already");
    long long id = 0;
    connection_.sql() << "select coalesce(max(id), 0) + 1 from ce_approval", soci::into(id);
    const long long body = approval.body.value();
    const long long provider = approval.provider.value();
    const std::string course = approval.course.empty() ? "" : domain::clean_code(approval.course, "course");
    const std::string topics = joined(approval.topics);
    long long minutes = approval.minutes ? approval.minutes->count() : 0;
    soci::indicator minutes_given = approval.minutes ? soci::i_ok : soci::i_null; // SOCI wants it writable
    const std::string first = to_text(*approval.days.first);
    const OptionalDay last(approval.days.last);
    const OptionalKey replaces(approval.replaces);
    const long long withdrawn = approval.withdrawn ? 1 : 0;
    const std::string& now = connection_.now_text();
    const long long audit = connection_.next_audit();
    connection_.sql() << "insert into ce_approval (id, body, provider, course, topics, minutes, first_day, last_day, "
                         "replaces, withdrawn, recorded_at, audit) values (:id, :body, :provider, :course, :topics, "
                         ":minutes, :first, :last, :replaces, :withdrawn, :now, :audit)",
        soci::use(id), soci::use(body), soci::use(provider), soci::use(course), soci::use(topics),
        soci::use(minutes, minutes_given), soci::use(first), soci::use(last.value, last.state),
        soci::use(replaces.value, replaces.state), soci::use(withdrawn), soci::use(now), soci::use(audit);
    connection_.added(RowText("ce_approval")
                          .add(id)
                          .add(body)
                          .add(provider)
                          .add(course)
                          .add(topics)
                          .add_key(minutes)
                          .add(first)
                          .add(last.value)
                          .add_key(replaces.value)
                          .add(withdrawn)
                          .add(now));
    return CeApprovalId(id);
}

std::optional<CeApproval> CeApprovals::find(CeApprovalId id) {
    const long long key = id.value();
    auto found = approvals_where(connection_, "where a.id = :id", key);
    return found.empty() ? std::nullopt : std::optional(std::move(found.front()));
}

bool CeApprovals::stands(CeApprovalId id) {
    const long long key = id.value();
    return !approvals_where(connection_, "where a.id = :id and a.withdrawn = 0 and later.id is null", key).empty();
}

std::vector<CeApproval> CeApprovals::standing() {
    return approvals_where(connection_, "where a.withdrawn = 0 and later.id is null order by a.id");
}

std::vector<CeApproval> CeApprovals::standing_of(OrganizationId provider) {
    const long long key = provider.value();
    return approvals_where(connection_,
                           "where a.provider = :provider and a.withdrawn = 0 and later.id is null order by a.id", key);
}

} // namespace peercert::storage
