#include "services/cohort_import.hpp"

#include <algorithm>
#include <map>

#include "services/cohorts.hpp"

namespace peercert::services {

namespace {

struct SessionRow {
    std::size_t line{0};
    Date day{};
    std::optional<int> minutes;
    std::string unit;
};

/// A cohort as its rows tell it.
struct CohortRows {
    std::size_t line{0};                                  ///< its first
    std::map<std::string, std::string, std::less<>> says; ///< column, value
    std::vector<SessionRow> sessions;
    std::string of(std::string_view column) const {
        const auto found = says.find(column);
        return found == says.end() ? std::string{} : found->second;
    }
};

constexpr std::string_view of_the_cohort[] = {"curriculum", "organization", "format", "title", "county", "leaders"};

void read_row(ImportRows& rows, std::map<std::string, CohortRows, std::less<>>& cohorts) {
    const std::string code(rows.at("cohort"));
    if (code.empty())
        return rows.wrong("cohort", "which cohort? give it a code of its own");
    CohortRows& cohort = cohorts[code];
    if (cohort.line == 0)
        cohort.line = rows.line();
    for (const std::string_view column : of_the_cohort) {
        const std::string_view value = rows.at(column);
        if (value.empty())
            continue;
        const auto [said, fresh] = cohort.says.try_emplace(std::string(column), value);
        if (!fresh && said->second != value)
            rows.wrong(column, "another row of " + code + " says \"" + shortened(said->second) + "\"");
    }
    SessionRow session;
    session.line = rows.line();
    session.unit = rows.at("unit");
    const auto day = parse_date(rows.at("day"));
    if (!day)
        rows.wrong("day", "no such day from 1900 on; write YYYY-MM-DD, such as 2024-03-15");
    if (const std::string_view minutes = rows.at("minutes"); !minutes.empty()) {
        session.minutes = whole_number(minutes);
        if (!session.minutes || *session.minutes < 1 || *session.minutes > 24 * 60)
            rows.wrong("minutes", "write whole minutes, from 1 to 1440");
    }
    session.day = day.value_or(Date{});
    const auto same_day = [&](const SessionRow& one) { return day && one.day == *day; };
    if (std::any_of(cohort.sessions.begin(), cohort.sessions.end(), same_day))
        rows.wrong("day", "the cohort has a row for that day already");
    cohort.sessions.push_back(std::move(session));
}

std::vector<std::string> codes_in(const std::string& text) {
    std::vector<std::string> codes;
    for (std::size_t from = 0; from < text.size();) {
        const std::size_t end = std::min(text.find(';', from), text.size());
        std::string one = text.substr(from, end - from);
        one.erase(0, one.find_first_not_of(' '));
        one.erase(one.find_last_not_of(' ') + 1);
        if (!one.empty())
            codes.push_back(std::move(one));
        from = end + 1;
    }
    return codes;
}

/// Says whether the cohort is here already just as its rows tell it; a row to mend where it is here otherwise.
bool is_known(storage::UnitOfWork& work, const Actor& actor, const std::string& code, const CohortRows& rows,
              Date today, ImportReport& report) {
    const auto here = work.cohorts.find(code);
    if (!here)
        return false;
    (void)cohort_of(work, actor, Action::run_cohort, code, today);
    const auto sessions = work.cohorts.sessions(here->id);
    if (here->curriculum != rows.of("curriculum"))
        report.error({rows.line, "curriculum", shortened(rows.of("curriculum")),
                      code + " is here already and is a cohort of " + here->curriculum});
    for (const SessionRow& row : rows.sessions) {
        const auto held = std::find_if(sessions.begin(), sessions.end(),
                                       [&](const domain::Session& one) { return one.held_on == row.day; });
        if (held == sessions.end())
            report.error({row.line, "day", to_text(row.day),
                          code + " is here already and does not meet on that day; sessions are moved one by one"});
        else if (row.minutes && held->length != Minutes{*row.minutes})
            report.error({row.line, "minutes", std::to_string(*row.minutes),
                          "session " + std::to_string(held->number) + " is here already with " +
                              std::to_string(held->length.count()) + " minutes"});
        else
            ++report.known;
    }
    return true;
}

} // namespace

ImportReport import_cohorts(House& house, const Rulebook& rulebook, const Actor& actor, std::istream& file,
                            const ImportNames& names, Mode mode, const Imports::Progress& progress,
                            std::size_t most_kept) {
    const ImportColumns columns{"cohorts",
                                {"cohort", "curriculum", "organization", "day"},
                                {"format", "title", "county", "minutes", "unit", "leaders"}};
    const Cohorts cohorts(house, rulebook);
    return import_file(
        house, actor, file, columns, names, mode, progress,
        [&](storage::UnitOfWork& work, ImportRows& rows, ImportReport& report) {
            authorize(work, actor, Action::run_cohort, {}, house.today());
            std::map<std::string, CohortRows, std::less<>> told;
            while (rows.next())
                read_row(rows, told);
            if (report.errors > 0)
                return;
            for (auto& [code, cohort] : told) {
                std::sort(cohort.sessions.begin(), cohort.sessions.end(),
                          [](const SessionRow& a, const SessionRow& b) { return a.day < b.day; });
                try {
                    if (is_known(work, actor, code, cohort, house.today(), report))
                        continue;
                    NewCohort request;
                    request.code = code;
                    request.curriculum = cohort.of("curriculum");
                    request.organization = cohort.of("organization");
                    request.format = cohort.of("format");
                    request.title = cohort.of("title");
                    request.county = cohort.of("county");
                    request.leaders = codes_in(cohort.of("leaders"));
                    for (const SessionRow& session : cohort.sessions) {
                        request.held_on.push_back(session.day);
                        request.meetings.length =
                            std::max(request.meetings.length, Minutes{session.minutes.value_or(0)});
                    }
                    const domain::Cohort opened = cohorts.open_within(work, actor, request).cohort;
                    for (domain::Session session : work.cohorts.sessions(opened.id)) {
                        const SessionRow& row = cohort.sessions.at(static_cast<std::size_t>(session.number) - 1);
                        if (!row.minutes && row.unit.empty())
                            continue;
                        if (row.minutes)
                            session.length = Minutes{*row.minutes};
                        if (!row.unit.empty())
                            session.unit = row.unit;
                        work.cohorts.change_session(session);
                        work.audit.append(
                            {.action = "session.as_held", .object = "session " + std::to_string(session.id.value())});
                    }
                    report.added += cohort.sessions.size();
                } catch (const Error& error) {
                    if (!ImportRows::is_about_a_row(error.code()))
                        throw;
                    report.error({cohort.line, "cohort", shortened(code), error.what()});
                }
            }
        },
        most_kept);
}

} // namespace peercert::services
