#include "words/answers.hpp"
#include "words/telling.hpp"

/// What a change of rules would do to people, for reading.
namespace peercert::words {

using services::Effect;
using services::Preview;
using services::PreviewedPerson;
using services::PreviewedStep;

namespace {

std::string_view effect_key(Effect effect) {
    switch (effect) {
    case Effect::gains: return "preview.person.gains";
    case Effect::loses: return "preview.person.loses";
    case Effect::opens: return "preview.person.opens";
    case Effect::settles: return "preview.person.settles";
    case Effect::changes_date: return "preview.person.changes_date";
    }
    return "preview.person.changes_date";
}

void tell_step(Sheet& sheet, const PreviewedStep& step, const Speaker& speaker) {
    heading(sheet, speaker.step(step.step));
    const std::size_t lines = sheet.size();
    const auto count = [&](std::string_view key, std::int64_t people) {
        if (people > 0)
            line(sheet, speaker.counted(key, people), 2);
    };
    count("preview.gain", step.gain);
    count("preview.lose", step.lose);
    count("preview.open", step.open);
    count("preview.settle", step.settle);
    count("preview.change_date", step.change_date);
    if (sheet.size() == lines)
        line(sheet, speaker.say("preview.nobody"), 2);
    for (const PreviewedPerson& person : step.people) {
        const bool with_days = person.last_day_now && person.last_day_then;
        const std::string key = std::string(effect_key(person.effect)) + (with_days ? "_days" : "");
        line(sheet,
             with_days ? speaker.say(key, {{"person", person.code.str()},
                                           {"now", speaker.day(*person.last_day_now)},
                                           {"then", speaker.day(*person.last_day_then)}})
                       : speaker.say(key, {{"person", person.code.str()}}),
             4);
    }
}

} // namespace

Sheet told(const Preview& seen, const Speaker& speaker) {
    Sheet sheet;
    line(sheet,
         speaker.say("preview.title", {{"then", seen.then}, {"now", seen.now}, {"day", speaker.day(seen.as_of)}}), 0,
         Tone::heading);
    line(sheet,
         seen.people == 0 ? speaker.say("preview.nobody_on_record") : speaker.counted("preview.judged", seen.people));
    for (const PreviewedStep& step : seen.steps)
        tell_step(sheet, step, speaker);
    if (!seen.new_steps.empty() || !seen.steps_no_more.empty())
        sheet.push_back({});
    for (const std::string& step : seen.new_steps)
        line(sheet, speaker.say("preview.new_step", {{"step", speaker.step(step)}}));
    for (const std::string& step : seen.steps_no_more)
        line(sheet, speaker.say("preview.no_more", {{"step", speaker.step(step)}}));
    return sheet;
}

} // namespace peercert::words
