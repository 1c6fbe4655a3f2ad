#include "curricula/explain_words.hpp"
#include "curricula/phrases.hpp"

/// How long a term is and on which day it ends, read aloud.
namespace peercert::curricula {

namespace {

/// Which birthday, read aloud.
std::string birthday_text(const Lasts& lasts) {
    const auto word = [&](std::string_view name) {
        const auto found = lasts.parameters.named.find(std::string(name));
        return found == lasts.parameters.named.end() ? std::string() : found->second.text;
    };
    const std::string near = word("the one after when issued within"), least = word("at least"), most = word("at most"),
                      years = word("years"), end = word("last day");
    std::string text = "; a term's last day is " + (end.empty() ? "the birthday" : end);
    if (!years.empty() && years != "every")
        text += ", in " +
                (years == "as the year of birth" ? "odd or even years as the year of birth is" : years + " years");
    text += "; the first term ends on the ";
    if (!word("first term").empty())
        text += "birthday in the calendar year in which a full term from the day of issue would end";
    else if (!most.empty())
        text += "last birthday that is at most " + most + " after issue";
    else if (!least.empty())
        text +=
            least == "none" ? "next birthday after issue" : "first birthday that is at least " + least + " after issue";
    else
        text += near == "none" ? "next birthday after issue"
                               : "next birthday, or the one after when that is within " + near + " of issue";
    return text + "; February 29: " + word("February 29");
}

} // namespace

std::string lasts_text(const Lasts& lasts) {
    if (lasts.term_known != Knowing::stated)
        return lasts.term_known == Knowing::unknown ? "a term whose length was not found"
                                                    : "a term whose length the source does not say";
    if (lasts.clock == "unchanged")
        return "as long as the term it is added to";
    std::string text = lasts.term ? to_text(*lasts.term) + ", " : "";
    for (const Span& one : lasts.chosen)
        text += (&one == &lasts.chosen.front()  ? "as the holder chooses, "
                 : &one == &lasts.chosen.back() ? " or "
                                                : ", ") +
                to_text(one);
    text += (lasts.chosen.empty() ? "by the clock: " : ", by the clock: ") + lasts.clock;
    if (lasts.clock == "birthday")
        text += birthday_text(lasts);
    else
        for (const auto& [name, value] : lasts.parameters.named)
            text += "; " + name + ": " + value.text;
    if (lasts.renewals_at_most)
        text += "; at most " + counted(*lasts.renewals_at_most, "renewals");
    std::string tracks;
    for (const std::string& one : lasts.aligned_with)
        tracks += (tracks.empty() ? "" : ", ") + one;
    if (!tracks.empty())
        text += "; counted from the latest certification among this and " + tracks + ", which all follow it";
    if (lasts.shown_until)
        text += "; a public register shows it until " + to_text(*lasts.shown_until) +
                ", which makes nobody certified any longer";
    return text;
}

} // namespace peercert::curricula
