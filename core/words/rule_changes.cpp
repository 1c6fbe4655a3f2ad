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
    return messages.format(language, key,
                           {{"section", change.section},
                            {"name", change.name.empty() ? messages.text(language, "change.a_rule") : change.name},
                            {"part", change.detail},
                            {"before", change.before},
                            {"after", change.after}});
}

} // namespace peercert::words
