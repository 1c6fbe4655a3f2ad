#include <algorithm>
#include <map>
#include <set>

#include <peercert/date.hpp>
#include <peercert/error.hpp>

#include "domain/text.hpp"
#include "domain/uuid.hpp"
#include "exchange/case_package.hpp"

/// Somebody else's CASE package: read strictly where it matters, kept whole.
namespace peercert::exchange {

namespace {

using Kind = JsonValue::Kind;

[[noreturn]] void refuse(const std::string& what) { throw Error(ErrorCode::invalid_input, what); }

const JsonValue& object_at(const JsonValue& json, std::string_view name) {
    const JsonValue* found = json.find(name);
    if (found == nullptr || !found->is(Kind::object))
        refuse("this is no CASE package: it has no object \"" + std::string(name) + "\"");
    return *found;
}

/// Empty when it is not there.
std::string text_at(const JsonValue& json, std::string_view name) {
    const JsonValue* found = json.find(name);
    return found != nullptr && found->is(Kind::text) ? found->text : std::string{};
}

std::string needed(const JsonValue& json, std::string_view name, const std::string& where) {
    std::string text = text_at(json, name);
    if (text.empty())
        refuse(where + " has no \"" + std::string(name) + "\", which CASE asks for");
    return text;
}

const std::vector<JsonValue>& list_at(const JsonValue& json, std::string_view name) {
    static const std::vector<JsonValue> none;
    const JsonValue* found = json.find(name);
    if (found == nullptr)
        return none;
    if (!found->is(Kind::array))
        refuse("\"" + std::string(name) + "\" of the package is no list");
    return found->items;
}

/// A statement as a label: line ends and tabs are blanks.
std::string in_one_line(std::string text) {
    for (char& c : text)
        c = c == '\n' || c == '\r' || c == '\t' ? ' ' : c;
    return domain::clean_text(text, {"statement", 2000, false});
}

/// What the record takes; whatever else stands there is kept and named.
bool is_read(std::string_view where, std::string_view name) {
    struct Read {
        std::string_view where;
        std::initializer_list<std::string_view> names;
    };
    static const std::initializer_list<Read> read{
        {"CFDocument", {"identifier", "uri", "creator", "title", "lastChangeDateTime", "version", "language"}},
        {"CFItems", {"identifier", "uri", "fullStatement", "humanCodingScheme", "lastChangeDateTime", "language"}},
        {"CFAssociations",
         {"identifier", "uri", "associationType", "sequenceNumber", "originNodeURI", "destinationNodeURI",
          "lastChangeDateTime"}},
        {"", {"CFDocument", "CFItems", "CFAssociations", "CFRubrics"}}};
    for (const Read& one : read)
        if (one.where == where)
            return std::find(one.names.begin(), one.names.end(), name) != one.names.end();
    return false;
}

class PackageReader {
public:
    explicit PackageReader(JsonValue json) { package_.json = std::move(json); }

    CasePackage read() {
        const JsonValue& json = package_.json;
        if (!json.is(Kind::object))
            refuse("this is no CASE package");
        name_what_is_kept("", json);
        document(object_at(json, "CFDocument"));
        items(list_at(json, "CFItems"));
        associations(list_at(json, "CFAssociations"));
        lay_out({}, {}, 0);
        if (package_.items.size() != items_.size())
            refuse("the items of the package hang on one another in a circle");
        scale(list_at(json, "CFRubrics"));
        package_.kept.assign(kept_.begin(), kept_.end());
        return std::move(package_);
    }

private:
    struct Item {
        const JsonValue* json{nullptr};
        std::string parent; ///< identifier; empty at the top
        std::int64_t sequence{0};
        std::size_t at{0}; ///< place in the file
    };

    void name_what_is_kept(const std::string& where, const JsonValue& json) {
        for (const auto& [name, ignored] : json.members)
            if (!is_read(where, name))
                kept_.insert(where.empty() ? name : where + "." + name);
    }

    std::string identified(const JsonValue& json, const std::string& where) {
        if (!json.is(Kind::object))
            refuse(where + " is no object");
        std::string identifier = needed(json, "identifier", where);
        if (!domain::is_uuid(identifier))
            refuse(where + ": its identifier is no UUID");
        (void)needed(json, "uri", where);
        if (!parse_date(needed(json, "lastChangeDateTime", where).substr(0, 10)))
            refuse(where + ": its lastChangeDateTime is no day and time");
        if (!identifiers_.insert(identifier).second)
            refuse(where + ": its identifier " + identifier + " stands twice in the package");
        return identifier;
    }

    void document(const JsonValue& json) {
        name_what_is_kept("CFDocument", json);
        package_.identifier = identified(json, "the CFDocument");
        package_.uri = text_at(json, "uri");
        package_.title = needed(json, "title", "the CFDocument");
        package_.creator = needed(json, "creator", "the CFDocument");
        package_.version = text_at(json, "version");
        package_.language = text_at(json, "language");
        package_.changed = text_at(json, "lastChangeDateTime").substr(0, 10);
    }

    void items(const std::vector<JsonValue>& list) {
        if (list.empty())
            refuse("the package has no items");
        for (const JsonValue& json : list) {
            const std::string where = "item " + std::to_string(items_.size() + 1);
            const std::string identifier = identified(json, where);
            name_what_is_kept("CFItems", json);
            try {
                (void)in_one_line(needed(json, "fullStatement", where));
            } catch (const Error& error) {
                refuse(where + ": " + error.what());
            }
            items_[identifier] = {&json, {}, static_cast<std::int64_t>(items_.size()), items_.size()};
        }
    }

    void associations(const std::vector<JsonValue>& list) {
        std::size_t at = 0;
        std::set<std::string, std::less<>> placed;
        for (const JsonValue& json : list) {
            const std::string where = "association " + std::to_string(++at);
            (void)identified(json, where);
            name_what_is_kept("CFAssociations", json);
            if (needed(json, "associationType", where) != "isChildOf") {
                kept_.insert("CFAssociations of other kinds than isChildOf");
                continue;
            }
            const std::string child = text_at(object_at(json, "originNodeURI"), "identifier");
            const std::string parent = text_at(object_at(json, "destinationNodeURI"), "identifier");
            const auto found = items_.find(child);
            if (found == items_.end() || (parent != package_.identifier && items_.count(parent) == 0))
                refuse(where + " names an item that is not in the package");
            if (!placed.insert(child).second) {
                kept_.insert("CFAssociations of an item that has a parent already");
                continue;
            }
            found->second.parent = parent == package_.identifier ? std::string{} : parent;
            if (const JsonValue* sequence = json.find("sequenceNumber"))
                found->second.sequence = sequence->integer().value_or(found->second.sequence);
        }
    }

    /// The items below `parent` in their order, then theirs.
    void lay_out(const std::string& parent, const std::string& top, int depth) {
        constexpr int deepest = 12;
        if (depth > deepest)
            refuse("the items of the package hang on one another deeper than " + std::to_string(deepest) + " levels");
        std::vector<const Item*> below;
        for (const auto& [identifier, item] : items_)
            if (item.parent == parent)
                below.push_back(&item);
        std::sort(below.begin(), below.end(), [](const Item* a, const Item* b) {
            return std::pair(a->sequence, a->at) < std::pair(b->sequence, b->at);
        });
        for (const Item* item : below) {
            const std::string code = code_of(*item, top);
            package_.items.push_back({code, in_one_line(text_at(*item->json, "fullStatement")), top});
            lay_out(text_at(*item->json, "identifier"), top.empty() ? code : top, depth + 1);
        }
    }

    /// Its own scheme where that can be a code here; else the next number below the one at the top.
    std::string code_of(const Item& item, const std::string& top) {
        const std::string scheme = text_at(*item.json, "humanCodingScheme");
        const std::string lead = top.empty() ? std::string{} : top + ".";
        std::string own = scheme.starts_with(lead) ? scheme.substr(lead.size()) : scheme;
        std::replace(own.begin(), own.end(), ' ', '-');
        const auto fits = [](const std::string& word) {
            try {
                return domain::clean_code(word, "code") == word && word.size() <= 40;
            } catch (const Error&) {
                return false;
            }
        };
        std::string code = lead + own;
        for (int next = ++numbers_[top]; own.empty() || !fits(code) || !codes_.insert(code).second; ++next) {
            own = std::to_string(next);
            code = lead + own;
        }
        return code;
    }

    void scale(const std::vector<JsonValue>& rubrics) {
        if (rubrics.size() > 1)
            kept_.insert("CFRubrics after the first");
        if (rubrics.empty())
            return;
        const auto& criteria = list_at(rubrics.front(), "CFRubricCriteria");
        if (criteria.size() != 1) {
            kept_.insert("CFRubrics with more than one criterion");
            return;
        }
        for (const JsonValue& level : list_at(criteria.front(), "CFRubricCriterionLevels"))
            if (const std::string quality = text_at(level, "quality"); !quality.empty())
                package_.scale.push_back(quality);
    }

    CasePackage package_;
    std::map<std::string, Item, std::less<>> items_; ///< by identifier
    std::set<std::string, std::less<>> identifiers_;
    std::set<std::string, std::less<>> codes_;
    std::map<std::string, int, std::less<>> numbers_;
    std::set<std::string, std::less<>> kept_;
};

} // namespace

CasePackage read_case(std::string_view bytes) {
    constexpr std::size_t most_bytes = std::size_t{16} << 20U;
    if (bytes.size() > most_bytes)
        refuse("the package is larger than 16 MiB");
    return PackageReader(read_json(bytes, {.depth = 32, .members = 1'000, .items = 50'000})).read();
}

std::string write_case(const CasePackage& package) {
    std::string out;
    append_json(out, package.json, 2);
    return out + "\n";
}

} // namespace peercert::exchange
