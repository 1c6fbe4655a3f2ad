#include "services/offers.hpp"

#include <algorithm>

#include <peercert/error.hpp>

#include "curricula/phrases.hpp"
#include "exchange/csv.hpp"

namespace peercert::services {

namespace {

constexpr std::size_t most_rows = 500;
constexpr int most_weeks = 520;

struct RowProblem {
    std::string what;
};

std::string text_of(const exchange::CsvReader& row, std::string_view column) { return std::string(row.field(column)); }

std::int64_t minutes_in(const std::string& text) {
    if (text.empty())
        return 0;
    const auto amount = curricula::parse_amount(text, curricula::BareNumber::count);
    if (amount.value && amount.value->amount.unit == Unit::count)
        return amount.value->amount.value * 60; // a bare number in the column "hours"
    if (!amount.value || amount.value->amount.unit != Unit::minutes)
        throw RowProblem{"\"" + text + "\" is no length of time; write 6 h or 90 min"};
    return amount.value->amount.value;
}

std::int64_t cents_in(std::string text) {
    if (!text.empty() && text.front() == '$')
        text.erase(0, 1);
    const auto dot = text.find('.');
    const std::string whole = text.substr(0, dot);
    const std::string part = dot == std::string::npos ? "00" : text.substr(dot + 1);
    const auto digits = [](const std::string& one) {
        return !one.empty() && one.find_first_not_of("0123456789") == std::string::npos;
    };
    if (!digits(whole) || !digits(part) || part.size() != 2 || whole.size() > 7)
        throw RowProblem{"\"" + text + "\" is no price; write 75 or 75.00"};
    return std::stoll(whole) * 100 + std::stoll(part);
}

Date day_in(const std::string& text, const char* column) {
    const auto day = parse_date(text);
    if (!day)
        throw RowProblem{std::string(column) + " \"" + text + "\" is no day; write year-month-day, like 2026-03-01"};
    return *day;
}

std::vector<std::string> topics_in(std::string_view text) {
    std::vector<std::string> topics;
    while (!text.empty()) {
        const auto end = std::min(text.find(';'), text.size());
        std::string_view one = text.substr(0, end);
        while (!one.empty() && one.front() == ' ')
            one.remove_prefix(1);
        while (!one.empty() && one.back() == ' ')
            one.remove_suffix(1);
        if (!one.empty())
            topics.emplace_back(one);
        text.remove_prefix(std::min(end + 1, text.size()));
    }
    return topics;
}

EntryKind kind_in(const std::string& text) {
    if (text.empty() || text == "CE")
        return EntryKind::ce;
    const auto kind = domain::parse_entry_kind(text);
    if (text == "course")
        return EntryKind::training;
    if (text == "statement")
        return EntryKind::attestation;
    if (!kind || *kind == EntryKind::attendance || *kind == EntryKind::sign_off)
        throw RowProblem{"\"" + text +
                         "\" is no kind of entry; write CE, training, practice, supervision, exam, "
                         "statement, document, fact, activity or decision"};
    return *kind;
}

void read_row(const exchange::CsvReader& row, const std::string& source, const KnownWords& known,
              std::vector<OfferLine>& offers) {
    SupposedEntry entry;
    entry.kind = kind_in(text_of(row, "kind"));
    entry.code = text_of(row, "code");
    entry.tags = topics_in(row.field("topics"));
    entry.provider = text_of(row, "provider");
    entry.vouched_as = text_of(row, "vouched as");
    const std::int64_t minutes = minutes_in(text_of(row, "hours"));
    entry.amount = minutes;
    if (entry.kind == EntryKind::exam) {
        entry.result = EntryResult::passed;
        entry.amount = 0;
    } else if (entry.kind == EntryKind::activity) {
        entry.amount = 1;
    } else if (entry.kind == EntryKind::decision) {
        throw RowProblem{"nobody offers a decision"};
    }
    if (minutes == 0 &&
        (entry.kind == EntryKind::ce || entry.kind == EntryKind::practice || entry.kind == EntryKind::supervision))
        throw RowProblem{"how long? the column hours is empty"};
    if (entry.tags.size() > Tags::most)
        throw RowProblem{"an entry carries at most eight words"};
    known.check_code(entry.kind, entry.code);
    for (const std::string& tag : entry.tags)
        known.check_tag(tag);
    OfferLine offer;
    offer.name = text_of(row, "course");
    if (offer.name.empty())
        throw RowProblem{"the column course is empty"};
    offer.source = source;
    offer.minutes = minutes;
    if (const std::string price = text_of(row, "price"); !price.empty()) {
        offer.cents = cents_in(price);
        offer.price_known = true;
    }
    const Date first = day_in(text_of(row, "day"), "day");
    const std::string until_text = text_of(row, "until");
    const Date last = until_text.empty() ? first : day_in(until_text, "until");
    if (last < first)
        throw RowProblem{"it ends before it begins"};
    const std::string each = text_of(row, "each");
    const auto add = [&](Date from, Date until) {
        offer.first_day = from;
        offer.last_day = until;
        entry.first_day = from;
        entry.last_day = entry.kind == EntryKind::fact ? no_end : until;
        offer.entries = {entry};
        offers.push_back(offer);
    };
    if (each.empty())
        return add(first, last);
    if (each != "week")
        throw RowProblem{"each can be week, or empty"};
    if (until_text.empty())
        throw RowProblem{"what happens each week needs a last day in the column until"};
    int weeks = 0;
    for (Date week = first; week <= last; week = add_days(week, 7)) {
        if (++weeks > most_weeks)
            throw RowProblem{"that is more than ten years of weeks"};
        add(week, week);
    }
}

} // namespace

std::vector<OfferLine> read_offers(std::istream& file, const std::string& name, const KnownWords& known) {
    exchange::CsvReader row(file, {"course", "day"},
                            {"until", "each", "kind", "code", "topics", "hours", "price", "provider", "vouched as"});
    std::vector<OfferLine> offers;
    std::string problems;
    std::size_t rows = 0;
    while (row.next()) {
        const std::string source = name + ":" + std::to_string(row.line());
        std::string wrong;
        try {
            if (++rows > most_rows)
                throw RowProblem{"a file holds at most 500 offers"};
            if (!row.fault().empty())
                throw RowProblem{row.fault()};
            read_row(row, source, known, offers);
        } catch (const RowProblem& problem) {
            wrong = problem.what;
        } catch (const Error& error) {
            wrong = error.what();
        }
        if (!wrong.empty())
            problems += (problems.empty() ? "" : "\n") + source + ": " + wrong;
        if (rows > most_rows)
            break;
    }
    if (!problems.empty())
        throw Error(ErrorCode::invalid_input, problems);
    return offers;
}

std::vector<OfferLine> cohorts_on_offer(storage::UnitOfWork& work, const Rulebook& rulebook, PersonId person,
                                        Date from) {
    std::vector<OfferLine> offers;
    for (const domain::Cohort& cohort : work.cohorts.list()) {
        const auto sessions = work.cohorts.sessions(cohort.id);
        if (sessions.empty() || sessions.back().held_on < from)
            continue;
        const auto place = work.enrolments.find(cohort.id, person);
        const bool has_place = place && place->state() != domain::EnrolmentState::moved_on &&
                               place->state() != domain::EnrolmentState::completed;
        if (!has_place && (place || sessions.front().held_on < from))
            continue; // begun without them, or over for them
        const auto program = rulebook.edition(work, cohort.curriculum, cohort.edition);
        const Format* format = program->edition().format(cohort.format);
        if (format == nullptr || format->keeps_no_register || format->completion_word.empty())
            continue;
        OfferLine offer;
        offer.name = cohort.title.empty() ? cohort.code : cohort.title;
        offer.source = "cohort " + cohort.code;
        offer.cohort = cohort.id.value();
        const std::string provider = cohort.organization ? work.organizations.of(cohort.organization).code : "";
        std::int64_t all_minutes = 0;
        for (const domain::Session& session : sessions) {
            all_minutes += session.length.count();
            if (session.held_on < from)
                continue;
            offer.minutes += session.length.count();
            SupposedEntry presence;
            presence.kind = EntryKind::attendance;
            presence.code = session.unit;
            presence.first_day = presence.last_day = session.held_on;
            presence.amount = session.length.count();
            presence.provider = provider;
            offer.entries.push_back(std::move(presence));
        }
        SupposedEntry completed;
        completed.kind = EntryKind::training;
        completed.code = format->completion_word;
        completed.first_day = completed.last_day = sessions.back().held_on;
        completed.amount = all_minutes;
        completed.provider = provider;
        offer.entries.push_back(std::move(completed));
        offer.first_day = std::max(from, sessions.front().held_on);
        offer.last_day = sessions.back().held_on;
        offers.push_back(std::move(offer));
    }
    return offers;
}

} // namespace peercert::services
