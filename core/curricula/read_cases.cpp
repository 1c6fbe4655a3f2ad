#include "curricula/case.hpp"

#include <algorithm>
#include <array>
#include <set>

#include <peercert/nearest.hpp>

#include "curricula/reading.hpp"

namespace peercert::curricula {

namespace {

constexpr std::array<std::pair<std::string_view, Question>, 19> questions{{
    {"to come back", Question::come_back},
    {"first term", Question::first_term},
    {"next term", Question::next_term},
    {"status", Question::status},
    {"level", Question::level},
    {"meaning", Question::meaning},
    {"to lead", Question::lead},
    {"completion of", Question::completion},
    {"to record attendance in", Question::record_attendance},
    {"title", Question::title},
    {"edition", Question::edition},
    {"may", Question::may},
    {"fee", Question::fee},
    {"filing", Question::filing},
    {"group", Question::group},
    {"sign off", Question::sign_off},
    {"outcome of", Question::outcome},
    {"closes", Question::closes},
    {"lasts", Question::lasts},
}};

class CaseReader {
public:
    CaseReader(Reading& reading, const Edition& edition) : reading_(reading), edition_(edition) {}

    Case read(const Node& node) {
        Case made;
        made.place = node.place();
        if (!reading_.is_mapping(node, "a case"))
            return made;
        reading_.only(node, {Setting::test_case});
        made.name = reading_.text_at(node, "name");
        if (made.name.empty() || !names_.insert(made.name).second)
            reading_.wrong(node, made.name.empty() ? "a case has a \"name\" that says what it shows"
                                                   : "two cases are called \"" + made.name + "\"");
        if (const Node* asks = node.find("asks"))
            read_question(*asks, made);
        else
            reading_.wrong(node, "a case \"asks\" something, like to renew certified");
        if (const auto day = reading_.day_at(node, "day"))
            made.day = *day;
        else if (node.find("day") == nullptr)
            reading_.wrong(node, "a case has a \"day\" on which the question is asked");
        if (const Node* person = node.find("person"); person != nullptr && reading_.is_mapping(*person, "\"person\"")) {
            reading_.only(*person, {Setting::person});
            made.person = read_person(*person);
        }
        if (const Node* ledger = node.find("ledger"))
            made.person.ledger = read_ledger(reading_, *ledger);
        if (const Node* leaders = node.find("leaders"); leaders != nullptr && reading_.is_list(*leaders, "\"leaders\""))
            for (const Node& one : leaders->items)
                if (reading_.is_mapping(one, "a leader")) {
                    reading_.only(one, {Setting::leader});
                    CasePerson leader = read_person(one);
                    if (const Node* ledger = one.find("ledger"))
                        leader.ledger = read_ledger(reading_, *ledger);
                    made.leaders.push_back(std::move(leader));
                }
        made.people = reading_.number_at(node, "people", 10'000);
        if ((node.find("leaders") != nullptr || node.find("people") != nullptr) && made.question != Question::lead)
            reading_.wrong(node, "\"leaders\" and \"people\" belong to \"asks: to lead GROUP\"");
        if (const Node* expect = node.find("expect"); expect != nullptr && reading_.is_mapping(*expect, "\"expect\""))
            read_expectations(*expect, made);
        if (made.expect.empty() && node.find("expect") == nullptr)
            reading_.wrong(node, "a case expects something, like expect: {answer: met}");
        return made;
    }

private:
    void read_question(const Node& node, Case& made) {
        made.asks = reading_.text(node);
        std::string_view rest = made.asks;
        if (const auto step = step_of(rest)) {
            made.question = Question::step;
            made.verb = step->first;
            made.subject = step->second;
        } else {
            const auto found = std::find_if(questions.begin(), questions.end(), [&](const auto& one) {
                return rest.starts_with(one.first) &&
                       (rest.size() == one.first.size() || rest[one.first.size()] == ' ');
            });
            if (found == questions.end()) {
                std::vector<std::string_view> known{"to become", "to renew", "to extend"};
                for (const auto& [words, question] : questions)
                    known.push_back(words);
                const std::string near = nearest(made.asks, known);
                reading_.wrong(node, "\"" + made.asks + "\" is no question; " +
                                         (near.empty() ? "" : "did you mean \"" + near + "\"? ") + "ask " +
                                         one_of(known));
                return;
            }
            made.question = found->second;
            made.subject =
                rest.size() > found->first.size() ? std::string(rest.substr(found->first.size() + 1)) : std::string();
            if (made.question == Question::fee || made.question == Question::filing ||
                made.question == Question::closes)
                read_question_of_a_step(node, made);
        }
        complete_subject(node, made);
    }

    void read_question_of_a_step(const Node& node, Case& made) {
        std::string key = made.subject;
        for (const std::string_view verb : step_verbs())
            if (key == "to " + std::string(verb) && edition_.levels.size() == 1)
                key += " " + edition_.levels.front().name;
        if (const auto step = step_of(key)) {
            made.verb = step->first;
            made.subject = step->second;
        } else {
            reading_.wrong(node, "that is asked of a step, like " +
                                     std::string(made.question == Question::fee      ? "fee"
                                                 : made.question == Question::closes ? "closes"
                                                                                     : "filing") +
                                     " to renew certified");
        }
    }

    void complete_subject(const Node& node, Case& made) {
        std::vector<std::string_view> known;
        std::string_view what;
        switch (made.question) {
        case Question::step:
        case Question::come_back:
        case Question::first_term:
        case Question::next_term:
        case Question::level:
        case Question::status:
        case Question::fee:
        case Question::filing:
        case Question::closes:
        case Question::lasts:
            what = "level";
            for (const Level& one : edition_.levels)
                known.push_back(one.name);
            if (made.subject.empty() && known.size() == 1)
                made.subject = known.front();
            break;
        case Question::meaning:
            what = "meaning";
            for (const Requirement& one : edition_.meanings)
                known.push_back(one.name);
            break;
        case Question::lead:
        case Question::completion:
        case Question::outcome:
        case Question::record_attendance:
        case Question::group:
            what = "group";
            for (const Format& one : edition_.formats)
                known.push_back(one.name);
            break;
        case Question::may:
            what = "purpose";
            for (const Purpose& one : edition_.purposes)
                known.push_back(one.name);
            break;
        case Question::title:
        case Question::edition:
        case Question::sign_off:
            if (!made.subject.empty())
                reading_.wrong(node, "nothing follows \"" + made.asks.substr(0, made.asks.find(' ')) + "\"");
            return;
        }
        if (std::find(known.begin(), known.end(), made.subject) != known.end())
            return;
        if (made.subject.empty()) {
            reading_.wrong(node, "say which " + std::string(what) + " is asked about: " + one_of(known));
            return;
        }
        const std::string near = nearest(made.subject, known);
        reading_.wrong(node, edition_.code + " " + edition_.edition + " has no " + std::string(what) + " \"" +
                                 made.subject + "\"" + (near.empty() ? "" : "; did you mean \"" + near + "\"?"));
    }

    CasePerson read_person(const Node& node) {
        CasePerson person;
        person.born = reading_.day_at(node, "born");
        person.applied = reading_.day_at(node, "applied");
        person.issued = reading_.day_at(node, "issued");
        person.passed = reading_.day_at(node, "passed");
        person.approved = reading_.day_at(node, "approved");
        if (const Node* asks = node.find("asks for"))
            person.term_asked = reading_.phrase<Span>(*asks, parse_span);
        const Node* holds = node.find("holds");
        if (holds == nullptr || !reading_.is_list(*holds, "\"holds\""))
            return person;
        for (const Node& one : holds->items) {
            if (!reading_.is_mapping(one, "a term"))
                continue;
            reading_.only(one, {Setting::holding});
            CaseHolding term;
            term.track = reading_.text_at(one, "track");
            term.level = reading_.text_at(one, "level");
            if (term.level.empty() && edition_.levels.size() == 1 &&
                (term.track.empty() || term.track == edition_.code))
                term.level = edition_.levels.front().name;
            if ((term.track.empty() || term.track == edition_.code) && edition_.level(term.level) == nullptr)
                reading_.wrong(one, edition_.code + " has no level \"" + term.level + "\"");
            const auto from = reading_.day_at(one, "from");
            const auto until = read_last_day(reading_, one, "until");
            if (!from || !until)
                reading_.wrong(one, "a term has a first and a last day: from and until (a day, or no end)");
            term.from = from.value_or(Date{});
            if (until && *until != no_end)
                term.until = until;
            if (term.until && *term.until < term.from)
                reading_.wrong(one, "the last day of this term lies before the first");
            term.number = reading_.number_at(one, "number", 100).value_or(0);
            term.decided = reading_.day_at(one, "decided");
            person.holds.push_back(std::move(term));
        }
        return person;
    }

    void read_expectations(const Node& node, Case& made);
    std::string expected_value(const Node& node, const Word& word);
    std::string amount_value(const Node& node);

    Reading& reading_;
    const Edition& edition_;
    std::set<std::string> names_;
};

std::string CaseReader::amount_value(const Node& node) {
    if (node.is_text() && node.text == "it")
        return node.text;
    const auto amount = reading_.phrase<AmountPhrase>(node, [&](std::string_view text) {
        return parse_amount(plain_units(text, edition_.units), BareNumber::count);
    });
    return amount ? amount_text(amount->amount.value, amount->amount.unit) : std::string();
}

std::string CaseReader::expected_value(const Node& node, const Word& word) {
    const std::vector<std::string_view> allowed = split_words(word.allowed);
    if (node.is_text() && std::find(allowed.begin(), allowed.end(), node.text) != allowed.end())
        return node.text;
    switch (word.takes) {
    case Takes::day: {
        const auto day = reading_.day(node);
        return day ? peercert::to_text(*day) : std::string();
    }
    case Takes::amount: {
        const auto amount =
            reading_.phrase<AmountPhrase>(node, [](std::string_view text) { return parse_amount(text); });
        return amount ? amount_text(amount->amount.value, amount->amount.unit) : std::string();
    }
    case Takes::texts: {
        std::string all;
        for (const std::string& one : reading_.texts(node))
            all += (all.empty() ? "" : ", ") + one;
        return all;
    }
    default: return reading_.text(node);
    }
}

void CaseReader::read_expectations(const Node& node, Case& made) {
    reading_.only(node, {Setting::expectations});
    for (const Pair& one : node.pairs) {
        const Word* word = find_word(Setting::expectations, one.key);
        if (word == nullptr)
            continue;
        if (word->takes == Takes::choice) {
            made.expect.push_back(
                {one.key, {}, reading_.choice_at(node, Setting::expectations, one.key), one.value.place()});
        } else if (word->takes != Takes::amounts && word->takes != Takes::reasons) {
            made.expect.push_back({one.key, {}, expected_value(one.value, *word), one.value.place()});
        } else if (reading_.is_mapping(one.value, "\"" + one.key + "\"")) {
            for (const Pair& about : one.value.pairs) {
                std::string value;
                if (word->takes == Takes::amounts) {
                    value = amount_value(about.value);
                } else {
                    value = reading_.text(about.value);
                    std::vector<std::string_view> reasons;
                    for (int reason = 0; reason <= static_cast<int>(RefusalReason::day_not_known); ++reason)
                        reasons.push_back(to_text(static_cast<RefusalReason>(reason)));
                    if (std::find(reasons.begin(), reasons.end(), value) == reasons.end())
                        reading_.wrong(about.value, "\"" + value + "\" is no reason; reasons: " + one_of(reasons));
                    const auto number = parse_amount(about.key, BareNumber::count);
                    if (!number.value || number.value->amount.value < 1 ||
                        number.value->amount.value > static_cast<std::int64_t>(made.person.ledger.size()))
                        reading_.wrong(about, "the ledger has no entry number " + about.key);
                }
                made.expect.push_back({one.key, about.key, value, about.value.place()});
            }
        }
    }
    if (node.pairs.empty())
        reading_.wrong(node, "a case expects something, like expect: {answer: met}");
}

std::vector<std::string> path_of(std::string_view written) {
    std::vector<std::string> path;
    while (!written.empty()) {
        const std::size_t end = std::min(written.find(" / "), written.size());
        path.emplace_back(written.substr(0, end));
        written.remove_prefix(std::min(end + 3, written.size()));
    }
    return path;
}

std::vector<Excuse> read_excuses(Reading& reading, const Node& node) {
    std::vector<Excuse> excuses;
    if (!reading.is_list(node, "\"cannot fail\""))
        return excuses;
    for (const Node& one : node.items) {
        if (!reading.is_mapping(one, "what cannot fail"))
            continue;
        reading.only(one, {Setting::excuse});
        Excuse made{reading.text_at(one, "text"), path_of(reading.text_at(one, "in")), reading.texts_at(one, "becomes"),
                    reading.text_at(one, "because"), one.place()};
        if (made.text.empty())
            reading.wrong(one, "say which \"text\" of the edition's file cannot fail a case when it changes");
        if (made.because.empty())
            reading.wrong(one, "say \"because\": why no case can notice the change");
        excuses.push_back(std::move(made));
    }
    return excuses;
}

} // namespace

std::pair<std::string, std::string> cases_for(const SourceText& source) {
    std::vector<Problem> problems;
    const Node root = read_yaml(source.name, source.text, problems);
    const Node* head = root.find("cases for");
    const std::size_t blank = head == nullptr ? std::string::npos : head->text.find(' ');
    if (blank == std::string::npos)
        return {};
    return {head->text.substr(0, blank), head->text.substr(blank + 1)};
}

ReadCases read_cases(const SourceText& source, const Edition& edition) {
    ReadCases answer;
    answer.cases.file = source.name;
    const Node root = read_yaml(source.name, source.text, answer.problems);
    if (has_errors(answer.problems) && !root.is_mapping())
        return answer;
    Reading reading(root, nullptr, answer.problems);
    if (!reading.is_mapping(root, "a file of cases"))
        return answer;
    reading.only(root, {Setting::case_file});
    reading.edition.units = edition.units;
    const std::string head = reading.text_at(root, "cases for");
    answer.cases.code = edition.code;
    answer.cases.edition = edition.edition;
    if (head != edition.code + " " + edition.edition)
        reading.wrong(root, "the first line says \"cases for: " + edition.code + " " + edition.edition + "\"");
    CaseReader reader(reading, edition);
    const Node* cases = root.find("cases");
    if (cases == nullptr)
        reading.wrong(root, "a file of cases has a list of \"cases\"");
    else if (reading.is_list(*cases, "\"cases\""))
        for (const Node& one : cases->items)
            answer.cases.cases.push_back(reader.read(one));
    if (const Node* excuses = root.find("cannot fail"))
        answer.cases.excuses = read_excuses(reading, *excuses);
    return answer;
}

} // namespace peercert::curricula
