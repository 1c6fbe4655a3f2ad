#include "services/sheets.hpp"

#include <algorithm>
#include <charconv>
#include <map>
#include <set>

#include <peercert/error.hpp>

#include "domain/text.hpp"
#include "exchange/csv.hpp"

namespace peercert::services {

namespace {

using domain::SheetCode;

/// Tells this cohort's sheets from those of others.
int mark_of(const domain::Cohort& cohort) { return static_cast<int>(cohort.id.value() & SheetCode::most); }

/// What the codes of a cohort name.
class Rows {
public:
    Rows(storage::UnitOfWork& work, const domain::Cohort& cohort)
        : cohort_(cohort), places_(work.enrolments.of_cohort(cohort.id)) {
        for (domain::Session& session : work.cohorts.sessions(cohort.id))
            sessions_.emplace(session.number, std::move(session));
    }
    struct Found {
        const domain::Session* session{nullptr};
        const domain::Enrolment* place{nullptr};
    };
    /// Throws Error{invalid_input}.
    Found find(std::string_view typed) const {
        const auto code = SheetCode::parse(typed);
        if (!code)
            throw Error(ErrorCode::invalid_input, "this is no code of a sheet; one character is wrong, or two changed "
                                                  "places");
        const auto session = sessions_.find(code->session);
        if (code->mark != mark_of(cohort_) || session == sessions_.end() ||
            static_cast<std::size_t>(code->row) > places_.size())
            throw Error(ErrorCode::invalid_input, "this code stands on no sheet of " + cohort_.code);
        return {&session->second, &places_[static_cast<std::size_t>(code->row) - 1]};
    }

private:
    const domain::Cohort& cohort_;
    std::vector<domain::Enrolment> places_;
    std::map<int, domain::Session> sessions_;
};

void refuse_what_is_to_come(const domain::Session& session, Date today) {
    if (session.held_on > today)
        throw Error(ErrorCode::invalid_input, "session " + std::to_string(session.number) + " is on " +
                                                  to_text(session.held_on) + ", which is still to come");
}

/// "18:05" as minutes of the day.
std::optional<Minutes> time_of_day(std::string_view text) {
    const std::size_t colon = text.find(':');
    unsigned hours = 0, minutes = 0;
    if (colon == std::string_view::npos || colon == 0 || colon > 2 || text.size() != colon + 3)
        return std::nullopt;
    const auto number = [&](std::size_t from, std::size_t to, unsigned& into) {
        const auto end = text.data() + to;
        const auto read = std::from_chars(text.data() + from, end, into);
        return read.ec == std::errc{} && read.ptr == end;
    };
    if (!number(0, colon, hours) || !number(colon + 1, text.size(), minutes) || hours > 23 || minutes > 59)
        return std::nullopt;
    return Minutes{hours * 60 + minutes};
}

std::optional<Minutes> whole_minutes(std::string_view text) {
    int minutes = 0;
    const auto read = std::from_chars(text.data(), text.data() + text.size(), minutes);
    if (read.ec != std::errc{} || read.ptr != text.data() + text.size() || minutes < 0)
        return std::nullopt;
    return Minutes{minutes};
}

struct WrongField {
    const char* column;
    std::string what;
};

Presence presence_in(const exchange::CsvReader& csv) {
    Presence presence;
    const auto minutes = [&](const char* column) -> std::optional<Minutes> {
        const std::string_view text = csv.field(column);
        if (text.empty())
            return std::nullopt;
        const auto read = whole_minutes(text);
        if (!read)
            throw WrongField{column, "write whole minutes"};
        return read;
    };
    const auto time = [&](const char* column) -> std::optional<Minutes> {
        const std::string_view text = csv.field(column);
        if (text.empty())
            return std::nullopt;
        const auto read = time_of_day(text);
        if (!read)
            throw WrongField{column, "write a time of day, such as 18:05"};
        return read;
    };
    presence.minutes = minutes("minutes");
    presence.late = minutes("late").value_or(Minutes{0});
    presence.left_early = minutes("left_early").value_or(Minutes{0});
    presence.arrived = time("arrived");
    presence.left = time("left");
    return presence;
}

struct HasErrors {};

} // namespace

SheetContent Sheets::sheet(const Actor& actor, std::string_view code, int number) {
    return house_.store.read([&](storage::UnitOfWork& work) {
        SheetContent sheet;
        sheet.cohort = cohort_of(work, actor, Action::record_attendance, code, house_.today());
        const auto program = rulebook_.edition(work, sheet.cohort.curriculum, sheet.cohort.edition);
        refuse_register(program->edition(), format_of(*program, sheet.cohort));
        sheet.session = session_of(work, sheet.cohort, number);
        sheet.sessions = work.cohorts.sessions(sheet.cohort.id).size();
        sheet.organization = work.organizations.of(sheet.cohort.organization).name;
        for (const domain::SessionLeader& leader : work.cohorts.leaders(sheet.session.id))
            sheet.leaders.push_back(work.people.name_used(leader.person));
        const auto places = work.enrolments.of_cohort(sheet.cohort.id);
        if (places.size() > static_cast<std::size_t>(SheetCode::most) || number > SheetCode::most)
            throw Error(ErrorCode::invalid_input, "a sheet has at most " + std::to_string(SheetCode::most) +
                                                      " rows, and sessions up to that number");
        for (std::size_t i = 0; i < places.size(); ++i)
            if (places[i].state() != domain::EnrolmentState::moved_on)
                sheet.rows.push_back({{mark_of(sheet.cohort), number, static_cast<int>(i) + 1},
                                      work.people.name_used(places[i].person)});
        std::stable_sort(sheet.rows.begin(), sheet.rows.end(), [](const auto& a, const auto& b) {
            return domain::search_key(a.name) < domain::search_key(b.name);
        });
        return sheet;
    });
}

ReadBack Sheets::read_back(const Actor& actor, std::string_view cohort_code, std::string_view code,
                           const Presence& presence, Mode mode) {
    return change(house_, actor.name, mode, [&](storage::UnitOfWork& work) {
        const Date today = house_.today();
        const domain::Cohort cohort = cohort_of(work, actor, Action::record_attendance, cohort_code, today);
        const auto program = rulebook_.edition(work, cohort.curriculum, cohort.edition);
        refuse_register(program->edition(), format_of(*program, cohort));
        const Rows rows(work, cohort);
        const auto found = rows.find(code);
        refuse_what_is_to_come(*found.session, today);
        ReadBack read;
        read.session = *found.session;
        const domain::Person person = work.people.of(found.place->person);
        read.person = {person.code, work.people.name_used(person.id), person.born};
        read.present = presence.at(read.session);
        read.attended =
            attend_and_review(work, rulebook_, actor, cohort, read.session, found.place->person, read.present, today);
        return read;
    });
}

ImportReport Sheets::read_back(const Actor& actor, std::string_view cohort_code, std::istream& file, Mode mode) {
    ImportReport report;
    try {
        change(house_, actor.name, mode, [&](storage::UnitOfWork& work) {
            report = {};
            file.clear();
            file.seekg(0);
            const Date today = house_.today();
            const domain::Cohort cohort = cohort_of(work, actor, Action::record_attendance, cohort_code, today);
            const auto program = rulebook_.edition(work, cohort.curriculum, cohort.edition);
            refuse_register(program->edition(), format_of(*program, cohort));
            const Rows rows(work, cohort);
            exchange::CsvReader csv(file, {"code"}, {"minutes", "late", "left_early", "arrived", "left"});
            report.separator = csv.separator();
            std::set<PersonId> touched;
            std::map<std::pair<int, PersonId>, std::size_t> seen;
            while (csv.next()) {
                ++report.rows;
                const auto wrong = [&](const char* column, const std::string& what) {
                    report.error({csv.line(), column,
                                  std::string(domain::first_bytes(*column == '\0' ? "" : csv.field(column), 60)),
                                  what});
                };
                if (!csv.fault().empty()) {
                    wrong("", csv.fault());
                    continue;
                }
                const char* column = "code";
                try {
                    const auto found = rows.find(csv.field("code"));
                    refuse_what_is_to_come(*found.session, today);
                    const auto [first, fresh] =
                        seen.emplace(std::pair(found.session->number, found.place->person), csv.line());
                    if (!fresh) {
                        wrong("code", "the same code stands in line " + std::to_string(first->second) + " already");
                        continue;
                    }
                    const Presence presence = presence_in(csv);
                    column = csv.has("minutes") ? "minutes" : "code";
                    check_presence(work, actor, found.place->person, *found.session);
                    const bool had = work.entries.attendance(found.session->id, found.place->person).has_value();
                    if (!record_attendance(work, cohort, *found.session, found.place->person,
                                           presence.at(*found.session)))
                        ++report.known;
                    else {
                        ++(had ? report.changed : report.added);
                        touched.insert(found.place->person);
                    }
                } catch (const WrongField& field) {
                    wrong(field.column, field.what);
                } catch (const Error& error) {
                    const bool about_the_row = error.code() == ErrorCode::invalid_input ||
                                               error.code() == ErrorCode::forbidden ||
                                               error.code() == ErrorCode::conflict;
                    if (!about_the_row)
                        throw;
                    wrong(error.code() == ErrorCode::invalid_input ? column : "code", error.what());
                }
            }
            if (report.errors > 0)
                throw HasErrors{};
            if (report.added + report.changed > 0)
                work.audit.append({.action = "attendance.read_back",
                                   .object = "cohort " + std::to_string(cohort.id.value()),
                                   .after = std::to_string(report.added) + " " + std::to_string(report.changed)});
            for (const PersonId person : touched)
                if (auto review = review_completion(work, rulebook_, cohort, person, today))
                    report.reviews.push_back(std::move(*review));
        });
        report.stored = mode == Mode::commit;
    } catch (const HasErrors&) {
        report.added = report.changed = 0;
    }
    return report;
}

} // namespace peercert::services
