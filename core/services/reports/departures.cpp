#include "services/reports/departures.hpp"

#include <algorithm>

#include <peercert/error.hpp>

#include "curricula/phrases.hpp"
#include "services/assessment.hpp"

namespace peercert::services {

namespace {

using curricula::LooksAt;
using curricula::Profile;
using curricula::Standard;

bool holds_word(std::string_view text, std::string_view word) { return text.find(word) != std::string_view::npos; }

std::string trust_text(Confidence confidence) {
    switch (confidence) {
    case Confidence::verified: return "verified";
    case Confidence::verified_old: return "verified but old";
    case Confidence::secondary: return "secondary";
    case Confidence::recalled: return "recalled";
    case Confidence::our_reading: return "our reading";
    case Confidence::not_found: return "not found";
    }
    return "recalled";
}

std::string joined(const std::vector<std::string>& words, const char* divider) {
    std::string text;
    for (const std::string& word : words)
        text += (text.empty() ? "" : divider) + word;
    return text;
}

/// Walks the steps that lead to a level and notes what each standard would be held against.
class Comparing {
public:
    Comparing(const Edition& edition, const Standard& standard, bool was_read)
        : edition_(edition), standard_(standard), was_read_(was_read) {}

    std::vector<Asked> asked() {
        for (const Step& step : edition_.steps) {
            if (step.verb != Step::Verb::become)
                continue;
            step_ = step_text(step.verb, step.level);
            walk(step.needs, {}, false, 0);
            if (standard_.looks_at == LooksAt::fee)
                for (const Fee& fee : step.fees)
                    note(fee.name.empty() ? "fee" : fee.name,
                         fee.cents.is_stated() ? curricula::amount_text(fee.cents.value, Unit::cents) : "not known",
                         fee.see, false, Stance::open);
        }
        return std::move(found_);
    }

private:
    void note(const std::string& clause, std::string says, const std::string& see, bool one_way, Stance stance) {
        Asked one;
        one.step = step_;
        one.clause = clause;
        one.says = std::move(says);
        one.one_way = one_way;
        for (const Source& source : edition_.sources)
            if (source.mark == see)
                one.source = source.what + " (" + trust_text(source.confidence) + ")";
        if (one.source.empty())
            one.source = see;
        one.stance = was_read_ ? stance : Stance::open;
        const bool said = std::any_of(found_.begin(), found_.end(), [&one](const Asked& before) {
            return before.step == one.step && before.clause == one.clause && before.says == one.says;
        });
        if (!said)
            found_.push_back(std::move(one));
    }

    /// `inside`: the names of the clauses around, which often say what their parts are about.
    void walk(const Requirement& clause, const std::string& around, bool one_way, int depth) {
        if (depth > 16)
            return;
        const std::string inside = around + " " + clause.name;
        if (const auto* group = std::get_if<Group>(&clause.body)) {
            const bool choice = one_way || (group->op != Group::Op::all && group->parts.size() > 1);
            for (const Requirement& part : group->parts)
                walk(part, inside, choice, depth + 1);
        } else if (const auto* conditional = std::get_if<Conditional>(&clause.body)) {
            for (std::size_t at = 1; at < conditional->parts.size(); ++at)
                walk(conditional->parts[at], inside, true, depth + 1);
        } else if (const auto* use = std::get_if<UseMeaning>(&clause.body)) {
            for (const Requirement& meaning : edition_.meanings)
                if (meaning.name == use->name)
                    walk(meaning, inside, one_way, depth + 1);
        } else {
            leaf(clause, inside, one_way);
        }
    }

    void leaf(const Requirement& clause, const std::string& inside, bool one_way) {
        const auto* measure = std::get_if<Measure>(&clause.body);
        const auto* has = std::get_if<HasEntries>(&clause.body);
        switch (standard_.looks_at) {
        case LooksAt::training_hours:
            if (measure != nullptr && (measure->kind == EntryKind::training || measure->kind == EntryKind::attendance))
                hours(clause, *measure, one_way);
            else if (has != nullptr && has->kind == EntryKind::training)
                note(clause.name, joined(has->codes, " and ") + "; its hours do not stand in the rule", clause.see,
                     one_way, Stance::open);
            else if (is_unknown(clause) && holds_word(clause.name, "training"))
                note(clause.name, "not known", clause.see, one_way, Stance::open);
            return;
        case LooksAt::practice_hours:
            if (measure != nullptr && measure->kind == EntryKind::practice)
                hours(clause, *measure, one_way);
            else if (is_unknown(clause) &&
                     (holds_word(clause.name, "practice") || holds_word(clause.name, "experience")) &&
                     !holds_word(clause.name, "lived"))
                note(clause.name, "not known", clause.see, one_way, Stance::open);
            return;
        case LooksAt::schooling:
            if (clause.word == "schooling" && has != nullptr)
                note(clause.name, joined(has->codes, " and "), clause.see, one_way, Stance::open);
            return;
        case LooksAt::lived_experience:
            if (has != nullptr && has->kind == EntryKind::attestation &&
                (holds_word(inside, "lived experience") ||
                 std::any_of(has->codes.begin(), has->codes.end(),
                             [](const std::string& code) { return holds_word(code, "lived experience"); })))
                note(clause.name, "statement: " + joined(has->codes, " and "), clause.see, one_way, Stance::agrees);
            return;
        case LooksAt::exams:
            if (const auto* exam = std::get_if<Passed>(&clause.body))
                note(clause.name, joined(exam->parts, " and "), clause.see, one_way, Stance::open);
            return;
        case LooksAt::background_checks:
            if (has != nullptr && (holds_word(inside, "background") ||
                                   std::any_of(has->codes.begin(), has->codes.end(), [](const std::string& code) {
                                       return holds_word(code, "background") || holds_word(code, "fingerprint");
                                   })))
                note(clause.name, joined(has->codes, " and "), clause.see, one_way, Stance::open);
            return;
        case LooksAt::time_in_recovery:
            if (has != nullptr && (holds_word(inside, "recovery") ||
                                   std::any_of(has->codes.begin(), has->codes.end(),
                                               [](const std::string& code) { return holds_word(code, "recovery"); })))
                note(clause.name,
                     joined(has->codes, " and ") + (has->held_for ? ", for " + curricula::to_text(*has->held_for) : ""),
                     clause.see, one_way, Stance::open);
            return;
        case LooksAt::code_of_ethics:
            if (has != nullptr && has->kind == EntryKind::attestation &&
                std::any_of(has->codes.begin(), has->codes.end(),
                            [](const std::string& code) { return holds_word(code, "ethics"); }))
                note(clause.name, "statement: " + joined(has->codes, " and "), clause.see, one_way, Stance::open);
            return;
        case LooksAt::supervisors:
            if (measure != nullptr)
                supervisors(clause, *measure, one_way);
            return;
        case LooksAt::fee:
        case LooksAt::nothing: return;
        }
    }

    static bool is_unknown(const Requirement& clause) { return std::holds_alternative<NotKnown>(clause.body); }

    void hours(const Requirement& clause, const Measure& measure, bool one_way) {
        if (measure.counter != Measure::Counter::sum || measure.bound.unit != Unit::minutes)
            return;
        Stance stance = Stance::open;
        if (standard_.figure && measure.bound.at_least) {
            const bool too_few = standard_.figure->at_least && *measure.bound.at_least < *standard_.figure->at_least;
            const bool too_many = standard_.figure->at_most && *measure.bound.at_least > *standard_.figure->at_most;
            stance = too_few || too_many ? Stance::departs : Stance::agrees;
        }
        note(clause.name, curricula::to_text(measure.bound), clause.see, one_way, stance);
    }

    /// In which role others confirm the hours, and whether one way into that role is a credential of a peer.
    void supervisors(const Requirement& clause, const Measure& measure, bool one_way) {
        if (measure.kind != EntryKind::supervision && measure.kind != EntryKind::practice)
            return;
        std::vector<std::string> roles;
        const auto add = [&roles](const std::string& role) {
            if (!role.empty() && std::find(roles.begin(), roles.end(), role) == roles.end())
                roles.push_back(role);
        };
        add(measure.selection.vouched_by);
        for (const Part& piece : measure.adds_up_from)
            add(piece.selection.vouched_by);
        for (const std::string& role : roles) {
            bool peers = false;
            bool others = false;
            for (const Requirement& meaning : edition_.meanings)
                if (meaning.name == role)
                    ways(meaning, peers, others);
            note(clause.name,
                 "confirmed by " + role +
                     (peers && others ? "; a certified peer is one way into that role, beside others"
                      : peers         ? "; that role is a certified peer's"
                                      : ""),
                 clause.see, one_way,
                 peers && !others ? Stance::agrees
                 : peers          ? Stance::open // peers may, others may too: people compare
                                  : Stance::departs);
        }
    }
    void ways(const Requirement& clause, bool& peers, bool& others) const {
        const auto* group = std::get_if<Group>(&clause.body);
        if (group != nullptr && group->op == Group::Op::any) {
            for (const Requirement& part : group->parts)
                ways(part, peers, others);
            return;
        }
        (names_own_credential(clause) ? peers : others) = true;
    }
    bool names_own_credential(const Requirement& clause) const {
        if (const auto* holds = std::get_if<HoldsCredential>(&clause.body))
            return holds->track.empty() || holds->track == edition_.code;
        if (const auto* group = std::get_if<Group>(&clause.body))
            return std::any_of(group->parts.begin(), group->parts.end(),
                               [this](const Requirement& part) { return names_own_credential(part); });
        return false;
    }

    const Edition& edition_;
    const Standard& standard_;
    bool was_read_;
    std::string step_;
    std::vector<Asked> found_;
};

/// The whole of one standard from what the track asks: a departure anywhere is one; hours that no step asks agree with
/// "not more than".
Stance stance_of(const std::vector<Asked>& asked, const Standard& standard, bool was_read) {
    if (!was_read || standard.looks_at == LooksAt::nothing)
        return Stance::open;
    if (asked.empty())
        return standard.figure && !standard.figure->at_least ? Stance::agrees : Stance::silent;
    bool open = false;
    for (const Asked& one : asked) {
        if (one.stance == Stance::departs)
            return Stance::departs;
        open = open || one.stance == Stance::open;
    }
    return open ? Stance::open : Stance::agrees;
}

} // namespace

std::string_view to_text(Stance stance) {
    switch (stance) {
    case Stance::agrees: return "agrees";
    case Stance::departs: return "departs";
    case Stance::silent: return "silent";
    case Stance::open: return "open";
    }
    return "open";
}

Departures departures(const Edition& edition, const Profile& profile) {
    Departures report;
    report.profile = profile.code + " " + profile.edition;
    report.profile_title = profile.title;
    report.track = edition.code + " " + edition.edition;
    report.track_title = edition.titles.back().called;
    for (const Standard& standard : profile.standards) {
        const bool was_read = profile.was_read(standard);
        Departure one;
        one.standard = standard.name;
        one.number = standard.number;
        one.says = was_read ? standard.says : std::string();
        if (standard.figure)
            one.figure = curricula::to_text(*standard.figure);
        one.source = profile.source(standard).what;
        one.trust = trust_text(profile.source(standard).confidence);
        one.asked = Comparing(edition, standard, was_read).asked();
        one.stance = stance_of(one.asked, standard, was_read);
        report.standards.push_back(std::move(one));
    }
    return report;
}

Departures departures(const curricula::Catalogue& catalogue, std::string_view track, std::string_view edition,
                      std::string_view profile) {
    const auto found = catalogue.get(track, edition);
    if (found->kind != Edition::Kind::track)
        throw Error(ErrorCode::invalid_input,
                    found->code + " is no certification track; only tracks are held beside a profile");
    std::string known;
    for (const Profile& one : catalogue.profiles()) {
        if (one.code == profile || (profile.empty() && catalogue.profiles().size() == 1))
            return departures(*found, one);
        known += (known.empty() ? "" : ", ") + one.code;
    }
    throw Error(ErrorCode::not_found,
                profile.empty() ? "which profile? there is: " + known
                                : "no profile is called \"" + std::string(profile) + "\"; there is: " + known);
}

} // namespace peercert::services
