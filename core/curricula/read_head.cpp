#include <algorithm>

#include <peercert/nearest.hpp>

#include "curricula/reading.hpp"

namespace peercert::curricula {

namespace {

bool is_code(std::string_view text) {
    const auto good = [](char c) { return (c >= 'a' && c <= 'z') || (c >= '0' && c <= '9') || c == '-'; };
    return !text.empty() && text.size() <= 60 && text.front() >= 'a' && text.front() <= 'z' &&
           std::all_of(text.begin(), text.end(), good);
}

bool is_edition(std::string_view text) {
    const auto good = [](char c) {
        return (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z') || (c >= '0' && c <= '9') || c == '-' || c == '.';
    };
    return !text.empty() && text.size() <= 30 && text.front() != '.' && text.front() != '-' &&
           std::all_of(text.begin(), text.end(), good);
}

void read_sources(Reading& reading) {
    const Node* node = reading.root.find("sources");
    if (node == nullptr || !reading.is_mapping(*node, "\"sources\""))
        return;
    for (const Pair& one : node->pairs) {
        Source source;
        source.mark = one.key;
        if (!reading.is_mapping(one.value, "the source \"" + one.key + "\""))
            continue;
        reading.only(one.value, {Setting::source});
        source.what = reading.text_at(one.value, "what");
        if (source.what.empty())
            reading.wrong(one, "say \"what\" the source \"" + one.key + "\" is: the document or page");
        source.as_of = reading.text_at(one.value, one.value.find("as of") != nullptr ? "as of" : "read");
        const std::string trust =
            reading.mandatory_choice(one.value, Setting::source, "trust", "how sure a source is belongs to it");
        const std::vector<std::string_view> words = split_words(find_word(Setting::source, "trust")->allowed);
        for (std::size_t at = 0; at < words.size(); ++at)
            if (words[at] == trust)
                source.confidence = static_cast<Confidence>(at);
        reading.edition.sources.push_back(std::move(source));
    }
}

void read_titles(Reading& reading) {
    const Node& root = reading.root;
    const Node* titles = root.find("titles");
    if (const std::string title = reading.text_at(root, "title"); !title.empty())
        reading.edition.titles.push_back({title, {}});
    if ((titles != nullptr) == (root.find("title") != nullptr))
        reading.wrong(root, titles == nullptr ? "say \"title\" here: what it is called"
                                              : "say either \"title\" or \"titles\"");
    if (titles == nullptr || !reading.is_list(*titles, "\"titles\""))
        return;
    for (Titled& one : read_titles_by_day(reading, *titles))
        reading.edition.titles.push_back(std::move(one));
}

void read_in_force(Reading& reading, bool mandatory) {
    const Node* node = reading.root.find("in force");
    if (node == nullptr) {
        if (mandatory)
            reading.wrong(reading.root,
                          "say \"in force\" here, like {from: unknown, until: further notice, chosen by: applying}");
        return;
    }
    if (!reading.is_mapping(*node, "\"in force\""))
        return;
    reading.only(*node, {Setting::in_force});
    if (const Node* from = node->find("from")) {
        if (from->is_text() && from->text == "unknown")
            reading.edition.in_force_from.knowing = Knowing::unknown;
        else if (const auto day = reading.day(*from))
            reading.edition.in_force_from = {Knowing::stated, *day};
    } else if (mandatory) {
        reading.wrong(*node, "say \"from\" here: the first day, or unknown");
    }
    if (const Node* until = node->find("until");
        until != nullptr && !(until->is_text() && until->text == "further notice")) {
        if (until->is_text() && until->text == "unknown")
            reading.edition.in_force_until_unknown = true;
        else
            reading.edition.in_force_until = reading.day(*until);
    }
    if (const Node* in_flight = node->find("in flight");
        in_flight != nullptr && reading.is_mapping(*in_flight, "\"in flight\"")) {
        reading.only(*in_flight, {Setting::in_flight});
        reading.edition.may_choose_older_until = reading.day_at(*in_flight, "may choose the older until");
        if (!reading.edition.may_choose_older_until)
            reading.wrong(*in_flight, "say \"may choose the older until\" here: the last day of that choice");
        if (reading.root.find("replaces") == nullptr)
            reading.wrong(*in_flight, "\"in flight\" needs \"replaces\" in the head: which edition is the older one");
    }
    reading.edition.chosen_by = mandatory ? reading.mandatory_choice(*node, Setting::in_force, "chosen by",
                                                                     "the event whose day selects the edition")
                                          : reading.choice_at(*node, Setting::in_force, "chosen by");
    const Edition& edition = reading.edition;
    if (edition.in_force_from.is_stated() && edition.in_force_until &&
        *edition.in_force_until < edition.in_force_from.value)
        reading.wrong(*node, "the last day in force lies before the first");
}

/// `{CEU: 10 h, college credit: refused}`.
void read_units(Reading& reading) {
    const Node* node = reading.root.find("units");
    if (node == nullptr || !reading.is_mapping(*node, "\"units\""))
        return;
    for (const Pair& one : node->pairs) {
        OwnUnit unit{one.key, std::nullopt};
        if (parse_amount("1 " + one.key).value)
            reading.wrong(one, "\"" + one.key + "\" is a unit already, and means the same everywhere");
        if (!one.value.is_text() || one.value.text != "refused") {
            const auto length =
                reading.phrase<AmountPhrase>(one.value, [](std::string_view text) { return parse_amount(text); });
            if (length && (length->amount.unit != Unit::minutes || length->amount.value < 1))
                reading.wrong(one.value, "a unit is so many h or min, or refused");
            unit.minutes = length ? length->amount.value : 1;
        }
        reading.edition.units.push_back(std::move(unit));
    }
}

/// `{advocacy-2016: advocacy, old-ethics: undecided}`.
void read_older_words(Reading& reading) {
    const Node* node = reading.root.find("older words");
    if (node == nullptr || !reading.is_mapping(*node, "\"older words\""))
        return;
    const auto& topics = reading.edition.topics;
    for (const Pair& one : node->pairs) {
        const std::string now = reading.text(one.value);
        if (std::find(topics.begin(), topics.end(), one.key) != topics.end())
            reading.wrong(one, "\"" + one.key +
                                   "\" is a word of this edition; an older word stands under \"older "
                                   "words\" alone");
        if (now != "undecided")
            reading.use(NameKind::topic, now, one.value);
        reading.edition.older_words.push_back({one.key, now == "undecided" ? std::string() : now});
    }
}

void read_calendars(Reading& reading) {
    const Node* node = reading.root.find("calendars");
    if (node == nullptr || !reading.is_mapping(*node, "\"calendars\""))
        return;
    for (const Pair& one : node->pairs) {
        Calendar made{one.key, {}};
        reading.define(NameKind::calendar, one.key);
        if (one.value.is_text() && (one.value.text == "unknown" || one.value.text == "nothing said")) {
            made.knowing = one.value.text == "unknown" ? Knowing::unknown : Knowing::nothing_said;
            reading.edition.calendars.push_back(std::move(made));
            continue;
        }
        if (!reading.is_list(one.value, "a calendar"))
            continue;
        for (const Node& item : one.value.items) {
            if (!reading.is_mapping(item, "a period"))
                continue;
            reading.only(item, {Setting::period});
            const auto from = reading.day_at(item, "from"), until = reading.day_at(item, "until");
            if (item.find("from") == nullptr || item.find("until") == nullptr)
                reading.wrong(item, "a period has a first and a last day: {from: 2025-01-15, until: 2025-05-15}");
            if (!from || !until)
                continue;
            if (*until < *from || (!made.periods.empty() && *from <= *made.periods.back().last))
                reading.wrong(item, "periods follow each other, each beginning after the one above has ended");
            made.periods.push_back({from, until});
        }
        reading.edition.calendars.push_back(std::move(made));
    }
}

bool is_zone(std::string_view text) {
    const auto good = [](char c) {
        return (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z') || c == '/' || c == '_' || c == '-' || c == '+' ||
               (c >= '0' && c <= '9');
    };
    return text == "UTC" || (text.find('/') != std::string_view::npos && text.front() != '/' && text.back() != '/' &&
                             std::all_of(text.begin(), text.end(), good));
}

void read_identity(Reading& reading, const Pair& kind) {
    Edition& edition = reading.edition;
    edition.kind = kind.key == "track"       ? Edition::Kind::track
                   : kind.key == "framework" ? Edition::Kind::framework
                                             : Edition::Kind::curriculum;
    edition.code = reading.text(kind.value);
    if (!edition.code.empty() && !is_code(edition.code))
        reading.wrong(kind.value,
                      "a code is small letters, digits and hyphens, like wi-cps, not \"" + edition.code + "\"");
    edition.edition = reading.text_at(reading.root, "edition");
    if (!edition.edition.empty() && !is_edition(edition.edition))
        reading.wrong(*reading.root.find("edition"),
                      "an edition is letters, digits, points and hyphens, like 2024 or 2025-07");
    if (reading.root.find("edition") == nullptr) {
        if (kind.key == "course")
            edition.edition = "1";
        else
            reading.wrong(reading.root, "say \"edition\" here, like 2024");
    }
}

void read_about(Reading& reading) {
    const Node& root = reading.root;
    Edition& edition = reading.edition;
    if (!reading.choice_at(root, Setting::head, "learners").empty()) {
        edition.about = Edition::About::organization_staff;
        if (edition.kind != Edition::Kind::curriculum)
            reading.wrong(*root.find("learners"), "\"learners\" belongs to a curriculum");
    }
    if (!reading.choice_at(root, Setting::head, "about").empty()) {
        edition.about = Edition::About::organizations;
        if (edition.kind != Edition::Kind::framework)
            reading.wrong(*root.find("about"), "\"about: organizations\" belongs to a framework");
        if (const Node* sign_off = root.find("sign off"))
            reading.wrong(*sign_off, "an instrument about organizations is not signed off for a person");
    }
}

} // namespace

std::vector<Titled> read_titles_by_day(Reading& reading, const Node& list) {
    std::vector<Titled> all;
    for (const Node& item : list.items) {
        if (!reading.is_mapping(item, "a word by day"))
            continue;
        reading.only(item, {Setting::titled});
        Titled made{reading.text_at(item, "called"), {reading.day_at(item, "from"), reading.day_at(item, "until")}};
        if (made.called.empty())
            reading.wrong(item, "say what it is \"called\" on those days");
        all.push_back(std::move(made));
    }
    return all;
}

void read_head(Reading& reading) {
    const Node& root = reading.root;
    const Pair* kind = nullptr;
    for (const std::string_view word : {"track", "curriculum", "course", "framework"})
        if (const Pair* found = root.pair(word)) {
            if (kind != nullptr)
                reading.wrong(*found, "a file is one of track, curriculum, course and framework, and this one is a " +
                                          kind->key + " already");
            else
                kind = found;
        }
    if (kind == nullptr) {
        std::string near;
        if (!root.pairs.empty())
            near = nearest(root.pairs.front().key, {"track", "curriculum", "course", "framework"});
        reading.wrong(
            root,
            std::string(
                "the first word of a file says what it is: track, curriculum, course or framework, with its code") +
                (near.empty() ? "" : "; did you mean \"" + near + "\"?"));
        return;
    }
    reading.needs_sources = kind->key != "course";
    std::vector<std::string_view> steps;
    for (const Pair& one : root.pairs)
        if (step_of(one.key))
            steps.push_back(one.key);
    if (kind->key == "course")
        reading.only(root, {Setting::head, Setting::course_head}, steps);
    else
        reading.only(root, {Setting::head}, steps);
    read_identity(reading, *kind);
    read_sources(reading);
    read_titles(reading);
    read_in_force(reading, reading.needs_sources);
    Edition& edition = reading.edition;
    read_about(reading);
    edition.public_title = reading.text_at(root, "public title");
    edition.author = reading.text_at(root, "author");
    edition.licence = reading.text_at(root, "licence");
    edition.given_by = reading.text_at(root, "given by");
    edition.zone = reading.text_at(root, "zone");
    if (!edition.zone.empty() && !is_zone(edition.zone))
        reading.wrong(*root.find("zone"), "a zone is written as in America/Chicago");
    if (edition.kind == Edition::Kind::track && root.find("zone") == nullptr)
        reading.wrong(root, "say \"zone\" here, like America/Chicago: whose days count");
    edition.replaces = reading.text_at(root, "replaces");
    edition.followed_by = reading.text_at(root, "followed by");
    if (const Node* node = root.find("register"); node != nullptr && reading.is_mapping(*node, "\"register\"")) {
        reading.only(*node, {Setting::public_register});
        edition.register_see = reading.see(*node, {});
        reading.need_see(*node, edition.register_see, "\"register\"");
        const std::string shown = reading.mandatory_choice(*node, Setting::public_register, "shown to",
                                                           "who may look names up cannot be guessed");
        edition.public_register = shown == "open"           ? Edition::Register::open
                                  : shown == "with consent" ? Edition::Register::with_consent
                                  : shown == "restricted"   ? Edition::Register::restricted
                                                            : Edition::Register::not_said;
    }
    edition.uses = reading.texts_at(root, "uses");
    edition.never_recorded = reading.texts_at(root, "never recorded");
    edition.courses = reading.texts_at(root, "courses");
    edition.topics = reading.texts_at(root, "topics");
    edition.note = reading.text_at(root, "note");
    if (reading.needs_sources) // in a course, "units" are its parts
        read_units(reading);
    read_older_words(reading);
    read_calendars(reading);
    reading.define(NameKind::course, edition.code);
    for (const std::string& one : edition.courses)
        reading.define(NameKind::course, one);
    for (const std::string& one : edition.topics)
        reading.define(NameKind::topic, one);
}

} // namespace peercert::curricula
