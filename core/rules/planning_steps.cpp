#include <algorithm>
#include <set>

#include "rules/planning.hpp"
#include "rules/program.hpp"

/// What a rule asks for by name, as things that could be done.
namespace peercert::rules {

namespace {

template <class... Cases>
struct Overloaded : Cases... {
    using Cases::operator()...;
};
template <class... Cases>
Overloaded(Cases...) -> Overloaded<Cases...>; // clang 14 does not find it by itself

class Collecting {
public:
    Collecting(const Program& program, Date from)
        : edition_(program.edition()), words_(*program.compiled().words), from_(from) {}

    void of(const Requirement& requirement) {
        for (const Requirement& exemption : requirement.unless)
            of(exemption);
        std::visit(Overloaded{
                       [this](const Group& group) {
                           if (group.op == Group::Op::none)
                               return; // what must not be there is not brought about
                           for (const Requirement& part : group.parts)
                               of(part);
                       },
                       [this](const InOrder& order) {
                           for (const Requirement& part : order.parts)
                               of(part);
                       },
                       [this](const Conditional& choice) {
                           for (const Requirement& part : choice.parts)
                               of(part);
                       },
                       [this](const HasEntries& has) {
                           for (const std::string& code : has.codes)
                               add(has.kind, code, has.selection, 0, EntryResult::none);
                       },
                       [this](const Passed& exam) {
                           for (const std::string& part : exam.parts)
                               add(EntryKind::exam, part, exam.selection,
                                   exam.together           ? *exam.together
                                   : exam.mark.is_stated() ? exam.mark.value.value
                                                           : 0,
                                   EntryResult::passed);
                       },
                       [this](const UseMeaning& use) { meaning(use.name); },
                       [](const auto&) {}, // amounts come from offers; decisions from people
                   },
                   requirement.body);
    }

    std::vector<Offer> take() { return std::move(offers_); }

private:
    void meaning(const std::string& name) {
        if (!open_.insert(name).second)
            return;
        for (const Requirement& one : edition_.meanings)
            if (one.name == name)
                of(one);
    }

    void add(EntryKind kind, const std::string& code, const Selection& wants, std::int64_t amount, EntryResult result) {
        Entry entry;
        entry.kind = kind;
        entry.code = words_.intern(code);
        entry.amount = amount;
        entry.result = kind == EntryKind::sign_off ? EntryResult::shown : result;
        std::vector<std::string> tags = wants.only;
        if (!wants.any_of.empty())
            tags.push_back(wants.any_of.front());
        tags.insert(tags.end(), wants.proof.begin(), wants.proof.end());
        if (tags.size() > Tags::most)
            return;
        for (const std::string& tag : tags)
            entry.tags.add(words_.intern(tag));
        if (!wants.providers.empty())
            entry.provider = words_.intern(wants.providers.front());
        if (!wants.vouched_by.empty()) {
            const std::string& by = wants.vouched_by;
            entry.authority = words_.intern(by.find('/') == std::string::npos ? edition_.code + "/" + by : by);
        }
        entry.first = from_;
        entry.last = kind == EntryKind::fact ? no_end : from_;
        const bool own = kind == EntryKind::attestation && wants.vouched_by.empty();
        // Signed with the application, or at once where the rule wants it before something else.
        for (const bool on_the_day : {true, false}) {
            if (kind == EntryKind::fact && on_the_day)
                continue;
            Offer offer;
            offer.entries = {entry};
            offer.on_the_day = on_the_day;
            offer.own_step = own;
            offer.assumed = !own;
            offer.what = code;
            if (std::none_of(offers_.begin(), offers_.end(), [&](const Offer& known) {
                    const Entry& there = known.entries.front();
                    return known.on_the_day == on_the_day && there.kind == entry.kind && there.code == entry.code &&
                           there.provider == entry.provider && there.authority == entry.authority &&
                           std::equal(there.tags.words().begin(), there.tags.words().end(), entry.tags.words().begin(),
                                      entry.tags.words().end());
                }))
                offers_.push_back(std::move(offer));
        }
    }

    const Edition& edition_;
    Vocabulary& words_;
    Date from_;
    std::set<std::string> open_;
    std::vector<Offer> offers_;
};

} // namespace

std::vector<Offer> unoffered_steps(const Program& program, Step::Verb verb, std::string_view level, Date from) {
    Collecting collecting(program, from);
    if (const Step* step = program.edition().step(verb, level))
        collecting.of(step->needs);
    if (verb == Step::Verb::renew)
        for (const Rung& rung : program.edition().after_expiry)
            if (rung.to_come_back)
                collecting.of(*rung.to_come_back);
    return collecting.take();
}

} // namespace peercert::rules
