#include "services/cohort_plan.hpp"

#include <algorithm>

#include <peercert/error.hpp>

namespace peercert::services {

namespace {

constexpr int most_sessions = 200;
constexpr int most_weeks_apart = 12;

[[noreturn]] void refuse(const std::string& what) { throw Error(ErrorCode::invalid_input, what); }

/// How many: as asked, else as the format has it.
int count_of(const Format& format, const Meetings& meetings) {
    if (meetings.sessions < 0 || meetings.sessions > most_sessions)
        refuse("a cohort has 1 to " + std::to_string(most_sessions) + " sessions");
    if (meetings.sessions > 0)
        return meetings.sessions;
    if (format.sessions)
        return *format.sessions;
    if (!format.units.empty())
        return static_cast<int>(format.units.size());
    if (format.content_at_least.count() > 0 && format.session_length.count() > 0)
        return static_cast<int>((format.content_at_least + format.session_length - Minutes{1}) / format.session_length);
    refuse("the curriculum does not say how many sessions \"" + format.name + "\" has; say it");
}

/// Of each session: as asked, else as the format has it, else so that the hours of the whole are reached.
Minutes length_of(const Format& format, const Meetings& meetings, std::size_t sessions) {
    if (meetings.length.count() > 0)
        return meetings.length;
    if (format.session_length.count() > 0)
        return format.session_length;
    if (format.content_at_least.count() <= 0 || !meetings.held_on.empty())
        return domain::length_not_given; // of days that people named one by one they know the length
    const auto count = static_cast<Minutes::rep>(sessions);
    return Minutes{(format.content_at_least.count() + count - 1) / count};
}

std::vector<Date> days_week_by_week(const Meetings& meetings, int count) {
    if (meetings.every_weeks < 1 || meetings.every_weeks > most_weeks_apart)
        refuse("it meets every 1 to " + std::to_string(most_weeks_apart) + " weeks");
    const Date first = *meetings.from;
    const std::chrono::sys_days begin{first};
    std::vector<std::chrono::weekday> weekdays = meetings.weekdays;
    if (weekdays.empty())
        weekdays.emplace_back(begin);
    const auto meets = [&](std::chrono::weekday day) {
        return std::find(weekdays.begin(), weekdays.end(), day) != weekdays.end();
    };
    if (!meets(std::chrono::weekday{begin}))
        refuse("the first day, " + to_text(first) + ", is none of the weekdays on which it meets");
    const auto is_left_out = [&](Date day) {
        return std::find(meetings.except.begin(), meetings.except.end(), day) != meetings.except.end();
    };
    // A week begins on Monday, so that "every second week" means the same week for each of the weekdays.
    const auto monday = begin - (std::chrono::weekday{begin} - std::chrono::Monday);
    std::vector<Date> days;
    std::size_t left_out = 0;
    for (auto day = begin; static_cast<int>(days.size()) < count; day += std::chrono::days{1}) {
        const auto week = (day - monday).count() / 7;
        if (!meets(std::chrono::weekday{day}) || week % meetings.every_weeks != 0)
            continue;
        if (!is_left_out(Date{day}))
            days.emplace_back(day);
        else
            ++left_out;
    }
    if (left_out < meetings.except.size())
        for (const Date day : meetings.except)
            if (day < days.front() || day > days.back() || !meets(std::chrono::weekday{std::chrono::sys_days{day}}))
                refuse("it would not meet on " + to_text(day) + " anyway; leave that day out of the exceptions");
    return days;
}

} // namespace

std::vector<domain::Session> planned_sessions(const Format& format, const Meetings& meetings) {
    if (meetings.held_on.empty() && !meetings.from)
        refuse("on which days does it meet? give the first day, or every session's day");
    if (!meetings.held_on.empty() && meetings.from)
        refuse("give either every session's day or the first day, not both");
    if (!std::is_sorted(meetings.held_on.begin(), meetings.held_on.end()))
        refuse("the sessions must be in the order of their days");
    const std::vector<Date> days =
        meetings.from ? days_week_by_week(meetings, count_of(format, meetings)) : meetings.held_on;
    std::vector<domain::Session> sessions;
    for (const Date day : days) {
        domain::Session session;
        session.number = static_cast<int>(sessions.size()) + 1;
        session.held_on = day;
        session.length = length_of(format, meetings, days.size());
        if (sessions.size() < format.units.size())
            session.unit = format.units[sessions.size()];
        sessions.push_back(std::move(session));
    }
    return sessions;
}

std::string leading_gap_text(const domain::Session& session, const std::vector<std::string>& names,
                             const rules::LeadingAnswer& answer) {
    std::string text;
    const auto add = [&text](const std::string& what) { text += (text.empty() ? "" : "; ") + what; };
    for (const auto& slot : answer.unfilled) {
        std::string levels;
        for (const std::string& level : slot)
            levels += (levels.empty() ? "" : " or ") + level;
        add("still wanted: a current " + levels);
    }
    for (std::size_t i = 0; i < answer.leaders.size() && i < names.size(); ++i)
        if (!answer.leaders[i].current)
            add(names[i] + (answer.leaders[i].level.empty()
                                ? " holds no level that leads this"
                                : " is not current as " + answer.leaders[i].level + " on that day"));
    for (const Finding& part : answer.finding.parts)
        if (part.clause == "leaders" && !part.verdict.passes() && text.empty())
            add("nobody leads it yet");
    return text.empty() ? text
                        : "session " + std::to_string(session.number) + " on " + to_text(session.held_on) + ": " + text;
}

} // namespace peercert::services
