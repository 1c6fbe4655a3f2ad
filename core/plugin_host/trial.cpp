#include "plugin_host/trial.hpp"

#include <peercert/error.hpp>

#include "plugin_host/loaded_plugin.hpp"
#include "plugin_host/result_check.hpp"

namespace peercert::plugin_host {

namespace {

/// One entry of each kind: what a rule can meet, with nothing it can count on.
Record invented_record(Vocabulary& words) {
    Record record;
    record.born = Date{std::chrono::year{1980} / 2 / 29};
    const Date day{std::chrono::year{2024} / 2 / 29};
    for (std::int64_t number = 0; number <= static_cast<std::int64_t>(EntryKind::decision); ++number) {
        Entry entry;
        entry.id = EntryId{number + 1};
        entry.kind = static_cast<EntryKind>(number);
        entry.first = entry.last = day;
        entry.amount = 60;
        entry.code = words.intern("something");
        record.entries.push_back(entry);
    }
    return record;
}

TermQuestion invented_question() {
    const auto day = [](int year, unsigned month, unsigned of_month) {
        return Date{std::chrono::year{year}, std::chrono::month{month}, std::chrono::day{of_month}};
    };
    TermQuestion question;
    question.issued = day(2024, 3, 1);
    question.passing = day(2024, 2, 3);
    question.born = day(1980, 2, 29);
    question.first_issued = question.issued;
    return question;
}

class Trial {
public:
    Trial(const Reporter& reporter, const std::string& where) : reporter_(reporter), where_(where) {}

    void stage(const std::string& what) const { reporter_.say("stage\t" + what); }
    void problem(const std::string& sentence) { reporter_.say("problem\t" + sentence); }
    void heard(const Event& event) { last_event_ = event.call + ": " + event.what; }

    void kind(const GuardedKind& kind) {
        const std::string name(kind.name());
        const std::string tried = attempt(
            name,
            [&](const Parameters& example) {
                Vocabulary words;
                const JudgingDay day{Date{std::chrono::year{2025} / 3 / 1}, words};
                stage(name + " judged somebody with nothing on record");
                kind.evaluate(Record{}, example, day);
                stage(name + " judged an invented record");
                kind.evaluate(invented_record(words), example, day);
            },
            kind);
        reporter_.say("kind\t" + name + "\t" + std::string(kind.help()) + "\t" + tried);
    }

    void clock(const GuardedClock& clock) {
        const std::string name(clock.name());
        const std::string tried = attempt(
            name,
            [&](const Parameters& example) {
                stage(name + " ended an invented term");
                clock.last_day(invented_question(), example);
            },
            clock);
        reporter_.say("clock\t" + name + "\t" + std::string(clock.help()) + "\t" + tried);
    }

private:
    template <class Judge, class Thing>
    std::string attempt(const std::string& name, Judge&& judge, const Thing& thing) {
        last_event_.clear();
        std::string result = "answers";
        try {
            stage(name + " gave an example");
            const Parameters example = thing.example();
            const bool has_example = example != Parameters{};
            stage(name + " checked " + (has_example ? "its own example" : "empty parameters"));
            try {
                thing.check(example);
                judge(example);
            } catch (const Error& error) {
                if (error.code() != ErrorCode::invalid_input)
                    throw;
                result = (has_example ? "refuses its own example: " : "not tried, it gives no example: ") +
                         std::string(error.what());
                if (has_example)
                    problem(where_ + ": " + name + " " + result);
            }
        } catch (const Error& error) {
            result = error.what();
        }
        if (!last_event_.empty()) {
            result = last_event_;
            problem(where_ + ": " + last_event_);
        }
        return result;
    }

    const Reporter& reporter_;
    const std::string& where_;
    std::string last_event_;
};

} // namespace

void try_out(FileBytes file, const Manifest& manifest, const std::string& where, const Reporter& reporter) {
    Trial trial(reporter, where);
    try {
        const LoadedPlugin plugin(
            std::move(file), manifest, where, CallLimits{}, [&](const Event& event) { trial.heard(event); },
            [&](const std::string& what) { trial.stage(what); });
        for (const auto& kind : plugin.kinds())
            trial.kind(*kind);
        for (const auto& clock : plugin.clocks())
            trial.clock(*clock);
        for (const std::string& folder : plugin.folders())
            reporter.say("folder\t" + folder);
        trial.stage("unloading it");
    } catch (const Error& error) {
        return trial.problem(error.what());
    }
    reporter.say("done");
}

} // namespace peercert::plugin_host
