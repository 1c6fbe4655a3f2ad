#include "curricula/node.hpp"

#include <array>
#include <cstdint>
#include <optional>
#include <set>
#include <sstream>

#include <yaml-cpp/eventhandler.h>
#include <yaml-cpp/exceptions.h>
#include <yaml-cpp/mark.h>
#include <yaml-cpp/node/node.h> // parser.h names it only; clang-tidy would take our Node for it
#include <yaml-cpp/parser.h>

namespace peercert::curricula {

namespace {

/// The code point at `at`, which moves behind it; nothing for bytes that are not UTF-8 (overlong and surrogates
/// included).
std::optional<std::uint32_t> next_character(std::string_view text, std::size_t& at) {
    const auto byte = [&](std::size_t index) { return static_cast<unsigned char>(text[index]); };
    const unsigned char lead = byte(at);
    if (lead < 0x80)
        return text[at++];
    const std::size_t length = lead >= 0xF0 ? 4 : lead >= 0xE0 ? 3 : 2;
    if (lead < 0xC2 || lead > 0xF4 || at + length > text.size())
        return std::nullopt;
    std::uint32_t code = lead & (0xFFU >> (length + 1));
    for (std::size_t more = 1; more < length; ++more) {
        if ((byte(at + more) & 0xC0) != 0x80)
            return std::nullopt;
        code = (code << 6) | (byte(at + more) & 0x3FU);
    }
    if ((length == 3 && code < 0x800) || (length == 4 && code < 0x10000) || (code >= 0xD800 && code < 0xE000) ||
        code > 0x10FFFF)
        return std::nullopt;
    at += length;
    return code;
}

bool is_forbidden(std::uint32_t code) {
    return (code < 0x20 && code != '\n') || (code >= 0x7F && code < 0xA0) || code == 0xFEFF || code == 0x2028 ||
           code == 0x2029 || (code >= 0x202A && code <= 0x202E) || (code >= 0x2066 && code <= 0x2069) ||
           code == 0x200E || code == 0x200F;
}

std::string name_of(std::uint32_t code) {
    if (code == '\t')
        return "a tab; write blanks";
    std::ostringstream name;
    name << "the invisible character U+" << std::hex << std::uppercase;
    name.width(4);
    name.fill('0');
    name << code << "; take it out";
    return name.str();
}

/// The first thing in the bytes that no file may hold.
std::optional<Problem> wrong_bytes(const std::string& file, std::string_view text) {
    int line = 1, column = 1;
    for (std::size_t at = 0; at < text.size();) {
        if (text[at] == '\r' && at + 1 < text.size() && text[at + 1] == '\n') {
            ++at;
            continue;
        }
        const auto code = next_character(text, at);
        if (!code)
            return Problem{file, line, column, "these bytes are not UTF-8; save the file as UTF-8"};
        if (*code == '\n') {
            ++line;
            column = 1;
            continue;
        }
        if (is_forbidden(*code))
            return Problem{file, line, column, "here stands " + name_of(*code)};
        ++column;
    }
    return std::nullopt;
}

/// What the parser of the library means, for somebody who writes rules.
std::string sentence_for(const std::string& message) {
    constexpr std::array<std::pair<std::string_view, std::string_view>, 10> known{{
        {"illegal map value", "a colon with a blank behind it stands inside a text here; put the whole text into "
                              "quotation marks, or leave the colon out"},
        {"end of map not found", "the words before this line and this line are not indented alike, or a colon is "
                                 "missing; words of one block begin in one column"},
        {"end of map flow not found", "an opening { has no } before this; look for a missing } or comma"},
        {"end of sequence flow not found", "an opening [ has no ] before this; look for a missing ] or comma"},
        {"end of sequence not found", "the items before this line and this line are not indented alike; items of one "
                                      "list begin in one column, each with \"- \""},
        {"illegal block entry", "a list item (\"- \") may not begin here; it stands on a line of its own, under its "
                                "word"},
        {"illegal map key", "a word with a value may not begin here; look at the indentation of this line"},
        {"illegal flow end", "a ] or } closes here what was not opened"},
        {"invalid map key", "the word before the colon must be plain text"},
        {"illegal EOF in scalar", "a quotation mark is not closed before the file ends"},
    }};
    for (const auto& [theirs, ours] : known)
        if (message.starts_with(theirs))
            return std::string(ours);
    if (message.starts_with("unknown escape"))
        return "a \\ in double quotation marks means something of its own; use single quotation marks around this text";
    if (message.find("directive") != std::string::npos)
        return "a line may not begin with %; put the text into quotation marks";
    if (message.starts_with("illegal tab") || message.find(" tab") != std::string::npos)
        return "here stands a tab; write blanks";
    return "something before this is not closed, or is indented in another way; look at the quotation marks, brackets "
           "and indentation here and in the line above";
}

struct Place {
    int line{0};
    int column{0};
};

/// The first quotation mark that opens a text, goes on over the end of its line, and is followed by something that
/// cannot follow a text, or by nothing at all: most likely the one that was meant to close on its own line.
std::optional<Place> unclosed_quote(std::string_view text) {
    int line = 1, column = 1;
    char opened = 0;
    Place opening;
    char before = '\n';
    for (std::size_t at = 0; at < text.size(); ++at) {
        const char c = text[at];
        const char next = at + 1 < text.size() ? text[at + 1] : '\n';
        if (opened == 0) {
            const bool begins_a_text =
                before == ' ' || before == '\n' || before == '[' || before == '{' || before == ',';
            if ((c == '"' || c == '\'') && begins_a_text) {
                opened = c;
                opening = {line, column};
            } else if (c == '#' && (before == ' ' || before == '\n')) {
                while (at + 1 < text.size() && text[at + 1] != '\n')
                    ++at;
            }
        } else if (c == '\\' && opened == '"') {
            ++at;
            ++column;
        } else if (c == opened && c == '\'' && next == c) {
            ++at;
            ++column;
        } else if (c == opened) {
            opened = 0;
            const bool may_follow =
                next == '\n' || next == '\r' || next == ' ' || next == ',' || next == ']' || next == '}' || next == ':';
            const std::size_t rest = text.find_first_not_of(' ', at + 1);
            const bool goes_on = next == ' ' && rest != std::string_view::npos && text[rest] != '\n' &&
                                 text[rest] != '#' && text[rest] != ',' && text[rest] != ']' && text[rest] != '}';
            if (opening.line != line && (!may_follow || goes_on))
                return opening;
        }
        before = c;
        ++column;
        if (c == '\n') {
            ++line;
            column = 1;
        }
    }
    return opened != 0 ? std::optional(opening) : std::nullopt;
}

Problem unreadable(const std::string& file, std::string_view text, const YAML::Exception& wrong) {
    if (const auto quote = unclosed_quote(text); quote && quote->line <= wrong.mark.line + 1)
        return {file, quote->line, quote->column,
                "the quotation mark that opens here is not closed on its line; everything after it was taken for text"};
    return {file, wrong.mark.line + 1, wrong.mark.column + 1, "this cannot be read: " + sentence_for(wrong.msg)};
}

struct Stop {};

class Builder final : public YAML::EventHandler {
public:
    Builder(const std::string& file, std::vector<Problem>& problems) : file_(file), problems_(problems) {}

    Node root;
    bool empty{true};

    void OnDocumentStart(const YAML::Mark&) override {}
    void OnDocumentEnd() override {}

    void OnNull(const YAML::Mark& mark, YAML::anchor_t) override {
        if (!open_.empty() && open_.back().node.is_mapping() && open_.back().key)
            wrong(at(open_.back().key->line, open_.back().key->column),
                  "\"" + open_.back().key->key +
                      "\" has no value; write none, unknown or nothing said if that is meant, and put a phrase with a "
                      "comma "
                      "into quotes");
        else
            wrong(mark, "a value is missing here");
        add(told(mark));
    }

    void OnAlias(const YAML::Mark& mark, YAML::anchor_t) override {
        wrong(mark, "aliases (*name) are not used here; write the words out");
        add(told(mark));
    }

    void OnScalar(const YAML::Mark& mark, const std::string& tag, YAML::anchor_t anchor,
                  const std::string& value) override {
        check(mark, tag, anchor);
        Node node = make(mark, Node::Shape::text);
        node.text = value;
        for (std::size_t at = 0; at < value.size();) {
            const auto code = next_character(value, at);
            if (!code || is_forbidden(*code)) {
                wrong(mark, "this text holds a character that may not stand in a file");
                node.told = true;
                break;
            }
        }
        add(std::move(node));
    }

    void OnSequenceStart(const YAML::Mark& mark, const std::string& tag, YAML::anchor_t anchor,
                         YAML::EmitterStyle::value) override {
        begin(mark, tag, anchor, Node::Shape::list);
    }
    void OnSequenceEnd() override { end(); }
    void OnMapStart(const YAML::Mark& mark, const std::string& tag, YAML::anchor_t anchor,
                    YAML::EmitterStyle::value) override {
        begin(mark, tag, anchor, Node::Shape::mapping);
    }
    void OnMapEnd() override { end(); }

private:
    struct Key {
        std::string key;
        int line;
        int column;
        bool doubled;
    };
    struct Open {
        Node node;
        std::optional<Key> key; ///< of a mapping whose value comes next
        std::set<std::string> seen;
    };

    Node make(const YAML::Mark& mark, Node::Shape shape) const {
        Node node;
        node.shape = shape;
        node.file = &file_;
        node.line = mark.line + 1;
        node.column = mark.column + 1;
        return node;
    }

    Node told(const YAML::Mark& mark) const {
        Node node = make(mark, Node::Shape::text);
        node.told = true;
        return node;
    }

    void wrong(const YAML::Mark& mark, std::string sentence) {
        problems_.push_back({file_, mark.line + 1, mark.column + 1, std::move(sentence)});
        if (problems_.size() > 200)
            throw Stop{};
    }

    void check(const YAML::Mark& mark, const std::string& tag, YAML::anchor_t anchor) {
        if (anchor != 0)
            wrong(mark, "anchors (&name) are not used here; write the words out");
        if (!tag.empty() && tag != "?" && tag != "!")
            wrong(mark, "tags (!name) are not used here; every value is read as text");
    }

    void begin(const YAML::Mark& mark, const std::string& tag, YAML::anchor_t anchor, Node::Shape shape) {
        check(mark, tag, anchor);
        if (open_.size() >= static_cast<std::size_t>(most_levels)) {
            wrong(mark, "this is more than " + std::to_string(most_levels) + " levels deep");
            throw Stop{};
        }
        open_.push_back({make(mark, shape), {}, {}});
    }

    void end() {
        Node done = std::move(open_.back().node);
        open_.pop_back();
        add(std::move(done));
    }

    void add(Node node) {
        empty = false;
        if (open_.empty()) {
            root = std::move(node);
            return;
        }
        Open& top = open_.back();
        if (top.node.items.size() >= most_items || top.node.pairs.size() >= most_words) {
            wrong(at(node.line, node.column),
                  top.node.is_list() ? "a list has at most 10,000 items" : "1,000 words are the most in one place");
            throw Stop{};
        }
        if (top.node.is_list()) {
            top.node.items.push_back(std::move(node));
        } else if (!top.key) {
            add_key(top, node);
        } else {
            if (!top.key->doubled)
                top.node.pairs.push_back({std::move(top.key->key), top.key->line, top.key->column, std::move(node)});
            top.key.reset();
        }
    }

    void add_key(Open& top, const Node& node) {
        const YAML::Mark mark = at(node.line, node.column);
        top.key = Key{node.text, node.line, node.column, false};
        if (!node.is_text() || node.text.empty()) {
            wrong(mark, "the word before the colon must be plain text");
            top.key->doubled = true;
        } else if (node.text == "<<") {
            wrong(mark, "merge keys (<<) are not used here; write the words out");
            top.key->doubled = true;
        } else if (!top.seen.insert(node.text).second) {
            wrong(mark, "\"" + node.text + "\" stands here twice; the first is in line " +
                            std::to_string(top.node.pair(node.text) ? top.node.pair(node.text)->line : 0));
            top.key->doubled = true;
        }
    }

    static YAML::Mark at(int line, int column) {
        YAML::Mark mark;
        mark.line = line - 1;
        mark.column = column - 1;
        return mark;
    }

    const std::string& file_;
    std::vector<Problem>& problems_;
    std::vector<Open> open_;
};

} // namespace

Node read_yaml(const std::string& file, std::string_view text, std::vector<Problem>& problems) {
    if (text.size() > most_bytes) {
        problems.push_back({file, 0, 0, "the file is larger than 1 MB; split it into editions"});
        return {};
    }
    if (text.starts_with("\xEF\xBB\xBF"))
        text.remove_prefix(3);
    if (auto problem = wrong_bytes(file, text)) {
        problems.push_back(std::move(*problem));
        return {};
    }
    Builder builder(file, problems);
    try {
        // Without its last line end: yaml-cpp takes the end of the file for a closing quote when a line end is before
        // it.
        std::istringstream stream{std::string(text.substr(0, text.find_last_not_of(" \r\n") + 1))};
        YAML::Parser parser(stream);
        parser.HandleNextDocument(builder);
        if (builder.empty)
            problems.push_back({file, 0, 0, "the file is empty"});
        Builder second(file, problems);
        if (parser.HandleNextDocument(second))
            problems.push_back({file, second.root.line, second.root.column,
                                "a second document (---) begins here; one file says one thing"});
    } catch (const Stop&) {
        return {}; // said already
    } catch (const YAML::Exception& wrong) {
        problems.push_back(unreadable(file, text, wrong));
        return {};
    }
    return std::move(builder.root);
}

} // namespace peercert::curricula
