#include "services/imports.hpp"

#include <algorithm>
#include <map>
#include <set>
#include <unordered_map>

#include <peercert/error.hpp>

#include "domain/text.hpp"
#include "exchange/csv.hpp"
#include "services/cohorts.hpp"
#include "services/departure.hpp"
#include "services/duplicates.hpp"
#include "services/import_parts.hpp"
#include "services/lines_of_added.hpp"
#include "services/places.hpp"
#include "storage/people_import.hpp"

namespace peercert::services {

namespace {

/// Who in a cohort a row may mean: their code, their name or their e-mail.
class Enrolled {
public:
    Enrolled(storage::UnitOfWork& work, const domain::Cohort& cohort) {
        for (const domain::Enrolment& place : work.enrolments.of_cohort(cohort.id)) {
            const domain::Person person = work.people.of(place.person);
            codes_.emplace(person.code, person.id);
            add(domain::search_key(work.people.name_used(person.id)), person.id);
            for (const domain::PersonContact& contact : work.people.contacts(person.id))
                if (contact.kind == domain::ContactKind::email && !contact.last_day)
                    add(contact.value, person.id);
        }
    }

    /// Nothing when nobody, or more than one, answers to it; `why` says which.
    std::optional<PersonId> find(std::string_view typed, std::string& why) const {
        if (const auto code = domain::PersonCode::parse(typed))
            if (const auto found = codes_.find(*code); found != codes_.end())
                return found->second;
        for (const std::string& key : {domain::search_key(typed), lower(typed)}) {
            const auto [first, last] = words_.equal_range(key);
            if (first == last)
                continue;
            if (std::next(first) == last)
                return first->second;
            why = "more than one person in this cohort answers to that; use the person's code";
            return std::nullopt;
        }
        why = "nobody enrolled in this cohort has that code, name or e-mail; enrol them first, or look at the spelling";
        return std::nullopt;
    }

private:
    static std::string lower(std::string_view text) {
        std::string low(text);
        for (char& c : low)
            if (c >= 'A' && c <= 'Z')
                c = static_cast<char>(c - 'A' + 'a');
        return low;
    }
    void add(const std::string& key, PersonId person) { words_.emplace(key, person); }

    std::map<domain::PersonCode, PersonId> codes_;
    std::multimap<std::string, PersonId, std::less<>> words_;
};

/// What is to mend in a row of which it cannot be said whom it means.
template <class Named>
std::string doubtful(const storage::PeopleImport::Told& row, Named&& named) {
    std::string who;
    for (const PersonId one : row.perhaps)
        who += (who.empty() ? "" : ", ") + named(one);
    if (row.doubt == storage::PeopleImport::Doubt::birthday)
        return "name and e-mail are those of " + who +
               ", the birthday is another: correct it here or there (`peercert person born`), or add them with "
               "`peercert person add --not-duplicate` if it is another person";
    return "this may be any of " + who + "; give birthday and e-mail, so that it can be seen which one is meant";
}

ImportReport begun(std::size_t most_kept) {
    ImportReport report;
    report.most_kept = most_kept;
    return report;
}

} // namespace

void ImportReport::error(RowNote note) {
    if (++errors <= most_kept)
        error_notes.push_back(std::move(note));
}

void ImportReport::already_here(RowNote note) {
    ++known;
    if (known_notes.size() < most_kept)
        known_notes.push_back(std::move(note));
}

void ImportReport::perhaps_here(RowNote note) {
    ++known;
    if (++doubtful <= most_kept)
        doubtful_notes.push_back(std::move(note));
}

void ImportReport::corrects(RowNote note) {
    if (++changed <= most_kept)
        change_notes.push_back(std::move(note));
}

void ImportReport::looks_like(RowNote note) {
    if (++similar <= most_notes)
        similar_notes.push_back(std::move(note));
}

namespace {

/// People who were added: the row and who.
using Added = std::vector<std::pair<std::size_t, PersonId>>;

/// Nobody is turned away for looking like somebody; people look at it, and say what it is.
void tell_likenesses(storage::UnitOfWork& work, const Actor& actor, const Added& added, Date today,
                     ImportReport& report) {
    for (const auto& [line, person] : added) {
        std::string codes;
        for (const auto& one : work.duplicates.of(person, storage::Duplicates::Look::quick))
            if (may_know(work, actor, one.person, today))
                codes += (codes.empty() ? "" : ", ") + work.people.of(one.person).code.str() + " (" +
                         why(one.resemblance) + ")";
        if (!codes.empty())
            report.looks_like({line, "", shortened(work.people.name_used(person)),
                               "was added and looks like " + codes +
                                   "; `peercert person merge` says that two are one "
                                   "human, `person distinct` that they are two"});
    }
}

} // namespace

ImportReport Imports::people(const Actor& actor, std::istream& file, std::string_view cohort_code, Mode mode,
                             const Progress& progress) {
    ImportReport report;
    try {
        change(house_, actor.name, mode, [&](storage::UnitOfWork& work) {
            report = begun(most_kept_); // the unit may run again
            rewind(file);
            authorize(work, actor, Action::manage_people, {}, house_.today());
            std::optional<domain::Cohort> cohort;
            if (!cohort_code.empty()) {
                cohort = cohort_of(work, actor, Action::run_cohort, cohort_code, house_.today());
                const auto program = rulebook_->edition(work, cohort->curriculum, cohort->edition);
                if (const Format* format = program->edition().format(cohort->format))
                    refuse_register(program->edition(), *format);
                refuse_around_places(work, *cohort);
            }
            exchange::CsvReader csv(file, {"name"}, {"name_on_certificate", "born", "email", "phone"},
                                    names_in_force(work, names_, "people"));
            report.separator = csv.separator();
            report.passed_over = csv.passed_over();
            const std::size_t name = csv.index("name"), certificate = csv.index("name_on_certificate"),
                              born = csv.index("born"), email = csv.index("email"), phone = csv.index("phone");
            const Date today = house_.today();
            LinesOfAdded lines;
            Added added;
            const auto told = [&](const storage::PeopleImport::Told& row) {
                const auto named = [&](PersonId person) {
                    if (const auto line = lines.of(person)) // whose code nobody has been told yet
                        return "line " + std::to_string(*line);
                    return may_know(work, actor, person, today) ? work.people.of(person).code.str()
                                                                : std::string("somebody of another organization");
                };
                if (row.doubt != storage::PeopleImport::Doubt::none) {
                    report.error({row.line, "name", shortened(row.name_used), doubtful(row, named)});
                    return;
                }
                if (row.duplicate_of) {
                    const auto line = lines.of(*row.duplicate_of);
                    const std::string where = line ? "is the same as " + named(*row.duplicate_of)
                                              : may_know(work, actor, *row.duplicate_of, today)
                                                  ? "is here already as " + named(*row.duplicate_of)
                                                  : "is in the record of another organization already";
                    if (row.by_name_alone)
                        report.perhaps_here({row.line, "", shortened(row.name_used),
                                             where + ": the same name, and too little is known to tell them apart; if "
                                                     "it is another person, give birthday and e-mail of both"});
                    else
                        report.already_here({row.line, "", shortened(row.name_used), where});
                } else {
                    lines.add(row.person, row.line);
                    if (++report.added <= ImportReport::most_compared)
                        added.emplace_back(row.line, row.person);
                }
                const PersonId who = row.duplicate_of.value_or(row.person);
                if (!cohort || work.enrolments.find(cohort->id, who))
                    return;
                if (is_gone(work.people.of(who), today)) {
                    report.error({row.line, "name", shortened(row.name_used),
                                  "is gone, as the record says; nobody is enrolled after that"});
                    return;
                }
                work.enrolments.add(cohort->id, who, today);
                work.audit.append({.action = "cohort.enrolled",
                                   .object = "cohort " + std::to_string(cohort->id.value()) + " person " +
                                             std::to_string(who.value())});
            };
            storage::PeopleImport import(work, today, told);
            while (csv.next()) {
                ++report.rows;
                if (progress && report.rows % rows_between_progress == 0)
                    progress(csv.bytes_read());
                if (!csv.fault().empty()) {
                    report.error({csv.line(), "", "", csv.fault()});
                    continue;
                }
                storage::PeopleImport::Row row{csv.at(name), csv.at(certificate), std::nullopt, csv.at(email),
                                               csv.at(phone)};
                if (const std::string_view text = csv.at(born); !text.empty()) {
                    row.born = parse_date(text);
                    if (!row.born || *row.born > today) {
                        report.error({csv.line(), "born", shortened(text),
                                      row.born ? "this day is still to come"
                                               : "no such day from 1900 on; write YYYY-MM-DD, such as 1980-03-15, or "
                                                 "leave it empty"});
                        continue;
                    }
                }
                try {
                    import.add(row, csv.line());
                } catch (const Error& error) {
                    if (error.code() != ErrorCode::invalid_input)
                        throw;
                    report.error({csv.line(), "", "", error.what()});
                }
            }
            import.finish();
            std::stable_sort(report.error_notes.begin(), report.error_notes.end(), // some come when a batch is judged
                             [](const RowNote& one, const RowNote& other) { return one.line < other.line; });
            if (report.errors > 0)
                throw HasErrors{};
            remember_names(work, names_, "people");
            if (report.added <= ImportReport::most_compared) // of a large file nobody reads it row by row
                tell_likenesses(work, actor, added, today, report);
        });
        report.stored = mode == Mode::commit;
    } catch (const HasErrors&) {
        report.added = 0;
    }
    return report;
}

ImportReport Imports::attendance(const Actor& actor, std::string_view cohort_code, std::istream& file, Mode mode,
                                 const Progress& progress) {
    ImportReport report;
    try {
        change(house_, actor.name, mode, [&](storage::UnitOfWork& work) {
            report = begun(most_kept_);
            rewind(file);
            const domain::Cohort cohort =
                cohort_of(work, actor, Action::record_attendance, cohort_code, house_.today());
            const auto program = rulebook_->edition(work, cohort.curriculum, cohort.edition);
            if (const Format* format = program->edition().format(cohort.format))
                refuse_register(program->edition(), *format);
            const Enrolled enrolled(work, cohort);
            std::map<int, domain::Session> sessions;
            for (const domain::Session& session : work.cohorts.sessions(cohort.id))
                sessions.emplace(session.number, session);
            exchange::CsvReader csv(file, {"person", "session", "minutes"}, {},
                                    names_in_force(work, names_, "attendance"));
            report.separator = csv.separator();
            report.passed_over = csv.passed_over();
            const Date today = house_.today();
            std::set<PersonId> touched;
            std::map<std::pair<PersonId, int>, std::size_t> seen; // line of each person and session
            while (csv.next()) {
                ++report.rows;
                if (progress && report.rows % rows_between_progress == 0)
                    progress(csv.bytes_read());
                if (!csv.fault().empty()) {
                    report.error({csv.line(), "", "", csv.fault()});
                    continue;
                }
                const std::string_view who = csv.field("person"), which = csv.field("session"),
                                       how_long = csv.field("minutes");
                std::string why;
                const auto person = enrolled.find(who, why);
                const auto number = whole_number(which);
                const auto minutes = whole_number(how_long);
                const auto session = number ? sessions.find(*number) : sessions.end();
                if (!person)
                    report.error({csv.line(), "person", shortened(who), why});
                if (session == sessions.end())
                    report.error({csv.line(), "session", shortened(which),
                                  "the cohort has sessions 1 to " + std::to_string(sessions.size())});
                else if (session->second.held_on > today)
                    report.error({csv.line(), "session", shortened(which),
                                  "is on " + to_text(session->second.held_on) + ", which is still to come"});
                if (!minutes || *minutes < 0)
                    report.error({csv.line(), "minutes", shortened(how_long), "write whole minutes; 0 for not there"});
                if (!person || session == sessions.end() || !minutes || *minutes < 0 || session->second.held_on > today)
                    continue;
                if (const auto [first, fresh] = seen.emplace(std::pair(*person, *number), csv.line()); !fresh) {
                    report.error(
                        {csv.line(), "person", shortened(who),
                         "the same person and session stand in line " + std::to_string(first->second) + " already"});
                    continue;
                }
                try {
                    refuse_self(work, actor.person, *person, "record presence");
                    refuse_after_departure(work.people.of(*person), session->second.held_on, "presence");
                    const auto before = work.entries.attendance(session->second.id, *person);
                    if (!record_attendance(work, cohort, session->second, *person, Minutes{*minutes}))
                        ++report.known;
                    else {
                        if (before)
                            report.corrects(
                                {csv.line(), "minutes", shortened(how_long),
                                 "was " + std::to_string(before->amount) + "; becomes " + std::to_string(*minutes)});
                        else
                            ++report.added;
                        touched.insert(*person);
                    }
                } catch (const Error& error) {
                    const bool about_the_row = error.code() == ErrorCode::invalid_input ||
                                               error.code() == ErrorCode::forbidden ||
                                               error.code() == ErrorCode::conflict;
                    if (!about_the_row)
                        throw;
                    const bool length = error.code() == ErrorCode::invalid_input;
                    report.error(
                        {csv.line(), length ? "minutes" : "person", shortened(length ? how_long : who), error.what()});
                }
            }
            if (report.errors > 0)
                throw HasErrors{};
            remember_names(work, names_, "attendance");
            if (report.added + report.changed > 0)
                work.audit.append({.action = "attendance.imported",
                                   .object = "cohort " + std::to_string(cohort.id.value()),
                                   .after = std::to_string(report.added) + " " + std::to_string(report.changed)});
            for (const PersonId person : touched)
                if (auto review = review_completion(work, *rulebook_, cohort, person, today))
                    report.reviews.push_back(std::move(*review));
        });
        report.stored = mode == Mode::commit;
    } catch (const HasErrors&) {
        report.added = report.changed = 0;
    }
    return report;
}

} // namespace peercert::services
