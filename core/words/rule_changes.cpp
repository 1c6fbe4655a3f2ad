#include "words/rule_changes.hpp"

namespace peercert::words {

std::string_view word_of(curricula::RuleChange::What what) {
    using What = curricula::RuleChange::What;
    switch (what) {
    case What::asked_more: return "asked_more";
    case What::asked_less: return "asked_less";
    case What::amount: return "amount";
    case What::dated: return "dated";
    case What::part: return "part";
    case What::part_added: return "part_added";
    case What::part_removed: return "part_removed";
    case What::fee: return "fee";
    case What::term: return "term";
    case What::otherwise: return "otherwise";
    case What::section_added: return "section_added";
    case What::section_removed: return "section_removed";
    }
    return {};
}

std::string sentence(const curricula::RuleChange& change, const Messages& messages, Language language) {
    const std::string key = "change." + std::string(word_of(change.what));
    const auto name = [&](const std::string& english) { return messages.name(language, english); };
    return messages.format(
        language, key,
        {{"section", name(change.section)},
         {"name", change.name.empty() ? messages.text(language, "change.a_rule") : name(change.name)},
         {"part", name(change.detail)},
         {"before", name(change.before)},
         {"after", name(change.after)}});
}

} // namespace peercert::words
