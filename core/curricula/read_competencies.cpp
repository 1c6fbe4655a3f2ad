#include <algorithm>

#include "curricula/reading.hpp"

namespace peercert::curricula {

namespace {

std::string confidence_of(const Reading& reading, const std::string& mark) {
    for (const Source& source : reading.edition.sources)
        if (source.mark == mark)
            return std::string(
                split_words(find_word(Setting::source, "trust")->allowed)[static_cast<std::size_t>(source.confidence)]);
    return {};
}

void add(Reading& reading, const Node& at, Competency made, const std::string& see) {
    reading.need_see(at, see, "this competency");
    made.confidence = confidence_of(reading, see);
    for (const Competency& one : reading.edition.competencies)
        if (one.code == made.code)
            reading.wrong(at, "the code \"" + made.code + "\" is taken already");
    reading.edition.competencies.push_back(std::move(made));
}

/// A label, or {label: ..., see: ...}.
void read_item(Reading& reading, const Node& node, const std::string& code, const std::string& parent,
               const std::string& see) {
    if (node.is_text()) {
        add(reading, node, {code, reading.text(node), parent, {}}, see);
        return;
    }
    if (!reading.is_mapping(node, "a competency"))
        return;
    reading.only(node, {Setting::item});
    const std::string label = reading.text_at(node, "label");
    if (label.empty())
        reading.wrong(node, "a competency has a \"label\": what is to be shown");
    add(reading, node, {code, label, parent, {}}, reading.see(node, see));
}

void read_category(Reading& reading, const Pair& one) {
    if (one.value.is_text() || one.value.find("label") != nullptr) {
        read_item(reading, one.value, one.key, {}, {});
        return;
    }
    if (!reading.is_mapping(one.value, "the competency \"" + one.key + "\""))
        return;
    reading.only(one.value, {Setting::category});
    const std::string see = reading.see(one.value, {});
    const std::string title = reading.text_at(one.value, "title");
    if (title.empty())
        reading.wrong(one.value, "a group of competencies has a \"title\"");
    add(reading, one.value, {one.key, title, {}, {}}, see);
    const Node* items = one.value.find("items");
    if (items == nullptr)
        return;
    if (items->is_list())
        for (std::size_t at = 0; at < items->items.size(); ++at)
            read_item(reading, items->items[at], one.key + "." + std::to_string(at + 1), one.key, see);
    else if (items->is_mapping())
        for (const Pair& item : items->pairs)
            read_item(reading, item.value, one.key + "." + item.key, one.key, see);
    else
        reading.wrong(*items, "\"items\" takes a list of labels");
}

void read_sign_off(Reading& reading, const Node& node) {
    if (!reading.is_mapping(node, "\"sign off\""))
        return;
    reading.only(node, {Setting::sign_off});
    SignOffRule rule;
    rule.see = reading.see(node, {});
    reading.need_see(node, rule.see, "\"sign off\"");
    if (const Node* by = node.find("by")) {
        const Reading::Names names = reading.names(*by);
        if (!names.any && names.names.size() > 1)
            reading.wrong(*by, "a list means all of them; write {any of: [a, b]} for either");
        rule.levels = names.names;
        reading.use(NameKind::level, rule.levels, *by);
    } else {
        reading.wrong(node, "say \"by\" here: the level of who may sign");
    }
    rule.issuers = reading.texts_at(node, "issued by");
    rule.assessors = reading.number_at(node, "assessors", 5).value_or(1);
    rule.different_organizations = !reading.choice_at(node, Setting::sign_off, "assessors from").empty();
    if (rule.different_organizations && rule.assessors < 2)
        reading.wrong(*node.find("assessors from"),
                      "one assessor alone comes from one organization; say \"assessors: 2\"");
    rule.methods = reading.texts_at(node, "methods");
    if (const Node* within = node.find("entered within"))
        if (const auto span = reading.phrase<Span>(*within, parse_span)) {
            if (span->unit != CalendarUnit::days && span->unit != CalendarUnit::weeks)
                reading.wrong(*within, "\"entered within\" takes days or weeks");
            rule.enter_within_days = span->count * (span->unit == CalendarUnit::weeks ? 7 : 1);
        }
    reading.edition.sign_off = std::move(rule);
}

void read_scale(Reading& reading, const Node& node) {
    reading.only(node, {Setting::scale});
    Scale& scale = reading.edition.scale;
    scale.words = reading.texts_at(node, "words");
    scale.counts = reading.texts_at(node, "counts");
    scale.see = reading.see(node, {});
    const auto is_word = [&](const std::string& one) {
        return std::find(scale.words.begin(), scale.words.end(), one) != scale.words.end();
    };
    for (auto one = scale.words.begin(); one != scale.words.end(); ++one)
        if (std::find(scale.words.begin(), one, *one) != one)
            reading.wrong(*node.find("words"), "\"" + *one + "\" stands in the scale twice");
    for (const std::string& one : scale.counts)
        if (!is_word(one))
            reading.wrong(*node.find("counts"), "\"" + one + "\" is none of the words of the scale");
    const Node* anchors = node.find("anchors");
    if (anchors == nullptr || !reading.is_mapping(*anchors, "\"anchors\""))
        return;
    for (const Pair& one : anchors->pairs)
        if (!is_word(one.key))
            reading.wrong(one.value, "\"" + one.key + "\" is none of the words of the scale");
    for (const std::string& word : scale.words)
        if (const Node* anchor = anchors->find(word))
            scale.anchors.push_back({word, reading.text(*anchor)});
}

} // namespace

void read_competencies(Reading& reading) {
    const Node& root = reading.root;
    if (const Node* node = root.find("competencies")) {
        if (node->is_mapping()) {
            for (const Pair& one : node->pairs)
                read_category(reading, one);
        } else if (reading.is_list(*node, "\"competencies\"")) {
            for (const Node& item : node->items)
                if (reading.is_mapping(item, "a competency")) {
                    const std::string code = reading.text_at(item, "code");
                    if (code.empty())
                        reading.wrong(item, "a competency in a flat list has a \"code\" of its own");
                    read_item(reading, item, code, {}, {});
                }
        }
    }
    if (const Node* node = root.find("scale"); node != nullptr && reading.is_mapping(*node, "\"scale\""))
        read_scale(reading, *node);
    if (const Node* node = root.find("sign off"))
        read_sign_off(reading, *node);
}

} // namespace peercert::curricula
