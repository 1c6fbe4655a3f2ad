#include <algorithm>
#include <map>
#include <tuple>

#include <peercert/error.hpp>

#include "domain/text.hpp"
#include "exchange/csv.hpp"
#include "services/continuing_education.hpp"
#include "services/import_parts.hpp"
#include "services/known_words.hpp"

/// The roster of a provider: who was at which course. One of the files that `Imports` reads in the same manner.
namespace peercert::services {

namespace {

using domain::CeApproval;
using domain::LedgerEntry;

struct Row {
    domain::NewEntry entry;
    bool topics_given{false};
};

std::vector<std::string> words_in(std::string_view text) {
    std::vector<std::string> words;
    while (!text.empty()) {
        const std::size_t end = std::min(text.find(';'), text.size());
        std::string_view word = text.substr(0, end);
        while (!word.empty() && word.front() == ' ')
            word.remove_prefix(1);
        while (!word.empty() && word.back() == ' ')
            word.remove_suffix(1);
        if (!word.empty())
            words.emplace_back(word);
        text.remove_prefix(std::min(end + 1, text.size()));
    }
    std::sort(words.begin(), words.end());
    words.erase(std::unique(words.begin(), words.end()), words.end());
    return words;
}

std::string in_a_row(const std::vector<std::string>& words) {
    std::string all;
    for (const std::string& word : words)
        all += (all.empty() ? "" : ", ") + word;
    return all;
}

std::string days_told(const CeApproval& approval) {
    return "from " + to_text(*approval.days.first) +
           (approval.days.last ? " to " + to_text(*approval.days.last) : " on");
}

/// What bodies approved of one provider.
class Approved {
public:
    Approved(storage::UnitOfWork& work, OrganizationId provider) : work_(work) {
        for (CeApproval& one : work.ce_approvals.standing_of(provider))
            approvals_.push_back(std::move(one));
    }

    /// Completes the entry's topics from what is approved. Says which column is wrong and why where bodies have
    /// approved the course and none of the approvals holds for this row.
    std::optional<std::pair<std::string, std::string>> check(domain::NewEntry& entry, bool topics_given) const {
        std::vector<const CeApproval*> of_course, of_day, fitting;
        for (const CeApproval& one : approvals_)
            if (one.course.empty() || one.course == entry.code)
                of_course.push_back(&one);
        if (of_course.empty())
            return std::nullopt; // nobody approved it: the track's rules say what it counts
        for (const CeApproval* one : of_course)
            if (one->days.contains(entry.last_day))
                of_day.push_back(one);
        if (of_day.empty()) {
            std::string days;
            for (const CeApproval* one : of_course)
                days += (days.empty() ? "" : "; ") + days_told(*one) + " by " + body(*one);
            return std::pair("day", "outside every approval of this course: " + days);
        }
        for (const CeApproval* one : of_day)
            if (!one->minutes || entry.amount <= one->minutes->count())
                fitting.push_back(one);
        if (fitting.empty()) {
            std::int64_t most = 0;
            for (const CeApproval* one : of_day)
                most = std::max(most, static_cast<std::int64_t>(one->minutes->count()));
            return std::pair("minutes", "the course is approved for at most " + std::to_string(most) + " minutes");
        }
        std::vector<std::string> topics;
        bool any_topic = false;
        for (const CeApproval* one : fitting) {
            any_topic = any_topic || one->topics.empty();
            topics.insert(topics.end(), one->topics.begin(), one->topics.end());
        }
        std::sort(topics.begin(), topics.end());
        topics.erase(std::unique(topics.begin(), topics.end()), topics.end());
        if (!topics_given)
            entry.tags = topics;
        else if (!any_topic)
            for (const std::string& topic : entry.tags)
                if (std::find(topics.begin(), topics.end(), topic) == topics.end())
                    return std::pair("topics", "the course is approved for: " + in_a_row(topics));
        return std::nullopt;
    }

private:
    std::string body(const CeApproval& approval) const { return work_.organizations.of(approval.body).code; }

    storage::UnitOfWork& work_;
    std::vector<CeApproval> approvals_;
};

/// The row as an entry, or what is wrong with it.
std::optional<Row> read(storage::UnitOfWork& work, const exchange::CsvReader& csv, const KnownWords& known,
                        const std::string& provider, Date today, ImportReport& report) {
    const std::size_t errors = report.errors;
    const auto wrong = [&](const char* column, const std::string& what) {
        report.error({csv.line(), column, shortened(csv.field(column)), what});
    };
    Row row;
    const auto code = domain::PersonCode::parse(csv.field("person"));
    const auto person = code ? work.people.find(*code) : std::nullopt;
    if (!person)
        wrong("person", "nobody has that code; people find theirs on what they were given when they were entered");
    else if (const std::string_view name = csv.field("name");
             !name.empty() && domain::search_key(name) != domain::search_key(work.people.name_used(person->id)))
        wrong("name", "whoever has that code uses another name; look at the code again");
    else
        row.entry.person = person->id;
    const auto day = parse_date(csv.field("day"));
    if (!day)
        wrong("day", "no such day; write YYYY-MM-DD, such as 2026-03-15");
    else if (*day > today)
        wrong("day", "is still to come");
    const auto minutes = whole_number(csv.field("minutes"));
    if (!minutes || *minutes <= 0 || *minutes > 24 * 60)
        wrong("minutes", "write whole minutes, from 1 to 1440");
    row.entry.kind = EntryKind::ce;
    row.entry.first_day = row.entry.last_day = day.value_or(today);
    row.entry.amount = minutes.value_or(0);
    row.entry.code = std::string(csv.field("course"));
    row.entry.provider = provider;
    row.entry.tags = words_in(csv.field("topics"));
    row.topics_given = !row.entry.tags.empty();
    if (row.entry.code.empty())
        wrong("course", "which course? give its code");
    const auto check = [&](const char* column, const auto& say) {
        try {
            say();
        } catch (const Error& error) {
            if (error.code() != ErrorCode::invalid_input)
                throw;
            wrong(column, error.what());
        }
    };
    check("course", [&] { known.check_code(EntryKind::ce, row.entry.code); });
    for (const std::string& topic : row.entry.tags)
        check("topics", [&] { known.check_tag(topic); });
    if (row.entry.tags.size() > Tags::most)
        wrong("topics", "an entry carries at most eight words");
    return report.errors == errors ? std::optional(std::move(row)) : std::nullopt;
}

} // namespace

ImportReport ContinuingEducation::roster(const Actor& actor, std::string_view provider_code, std::istream& file,
                                         Mode mode, const Imports::Progress& progress) {
    ImportReport report;
    try {
        change(house_, actor.name, mode, [&](storage::UnitOfWork& work) {
            report = {}; // the unit may run again
            rewind(file);
            const Date today = house_.today();
            const domain::Organization provider = organization_of(work, provider_code);
            authorize(work, actor, Action::post_roster, {PersonId{}, provider.id}, today);
            const KnownWords known(rulebook_.catalogue());
            const Approved approved(work, provider.id);
            exchange::CsvReader csv(file, {"person", "course", "day", "minutes"}, {"name", "topics"});
            report.separator = csv.separator();
            std::map<std::tuple<PersonId, std::string, Date>, std::size_t> seen;
            while (csv.next()) {
                ++report.rows;
                if (progress && report.rows % rows_between_progress == 0)
                    progress(csv.bytes_read());
                if (!csv.fault().empty()) {
                    report.error({csv.line(), "", "", csv.fault()});
                    continue;
                }
                auto row = read(work, csv, known, provider.code, today, report);
                if (!row)
                    continue;
                const auto [first, fresh] =
                    seen.emplace(std::tuple(row->entry.person, row->entry.code, row->entry.last_day), csv.line());
                if (!fresh) {
                    report.error({csv.line(), "person", shortened(csv.field("person")),
                                  "the same person, course and day stand in line " + std::to_string(first->second) +
                                      " already"});
                    continue;
                }
                if (const auto outside = approved.check(row->entry, row->topics_given)) {
                    report.error({csv.line(), outside->first, shortened(csv.field(outside->first)), outside->second});
                    continue;
                }
                std::optional<LedgerEntry> before;
                for (LedgerEntry& line : work.entries.of_person(row->entry.person))
                    if (line.kind == EntryKind::ce && line.counts() && line.code == row->entry.code &&
                        line.provider == provider.code && line.last_day == row->entry.last_day)
                        before = std::move(line);
                // What a person added themselves, the provider now says: their line is no mistake, and waits no more.
                const bool own =
                    before && (before->result == EntryResult::pending || before->result == EntryResult::refused);
                if (before && !own && !row->topics_given)
                    row->entry.tags = before->tags; // a column that is not there changes nothing
                if (before && !own && before->amount == row->entry.amount && before->tags == row->entry.tags) {
                    ++report.known;
                    continue;
                }
                if (before) {
                    row->entry.replaces = before->id;
                    row->entry.document_digest = before->document_digest;
                    if (!own)
                        row->entry.late_reason = domain::LateReason::correction;
                }
                work.entries.add(row->entry);
                ++(before ? report.changed : report.added);
            }
            if (report.errors > 0)
                throw HasErrors{};
            if (report.added + report.changed > 0)
                work.audit.append({.action = "ce.roster_posted",
                                   .object = "organization " + std::to_string(provider.id.value()),
                                   .after = std::to_string(report.added) + " " + std::to_string(report.changed)});
        });
        report.stored = mode == Mode::commit;
    } catch (const HasErrors&) {
        report.added = report.changed = 0;
    }
    return report;
}

} // namespace peercert::services
