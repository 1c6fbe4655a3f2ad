#include "exchange/case_package.hpp"

#include "domain/uuid.hpp"

/// A framework of ours as a CASE package.
namespace peercert::exchange {

namespace {

/// Below the namespace of addresses that RFC 9562 gives.
const std::string& our_names() {
    static const std::string names =
        domain::name_uuid("6ba7b811-9dad-11d1-80b4-00c04fd430c8", "urn:peercert:frameworks");
    return names;
}

class PackageWriter {
public:
    explicit PackageWriter(const CaseFramework& framework)
        : framework_(framework), inside_(domain::name_uuid(our_names(), framework.code)),
          changed_(framework.changed + "T00:00:00Z") {}

    Json package() const {
        Json items = Json::array(), associations = Json::array();
        int at = 0;
        for (const CaseItem& one : framework_.items) {
            items.push(item(one));
            associations.push(association(one, ++at));
        }
        Json package = Json::object()
                           .set("CFDocument", document())
                           .set("CFItems", std::move(items))
                           .set("CFAssociations", std::move(associations));
        if (!framework_.scale.empty())
            package.set("CFRubrics", Json::array().push(rubric()));
        return package;
    }

private:
    std::string id(const std::string& name) const { return domain::name_uuid(inside_, name); }
    std::string uri(std::string_view kind, const std::string& identifier) const {
        return framework_.base.empty() ? "urn:uuid:" + identifier
                                       : framework_.base + "/ims/case/v1p1/" + std::string(kind) + "/" + identifier;
    }
    Json head(std::string_view kind, const std::string& identifier) const {
        return Json::object().set("identifier", identifier).set("uri", uri(kind, identifier));
    }
    bool has_items(const CaseItem& item) const {
        for (const CaseItem& one : framework_.items)
            if (one.parent == item.code)
                return true;
        return false;
    }

    Json document() const {
        Json json = head("CFDocuments", inside_)
                        .set("caseVersion", "1.1")
                        .set("frameworkType", "Professional")
                        .set("creator", framework_.creator)
                        .set("title", framework_.title)
                        .set("language", "en")
                        .set("version", framework_.edition)
                        .set("adoptionStatus", "Adopted")
                        .set("lastChangeDateTime", changed_);
        if (!framework_.notes.empty())
            json.set("notes", framework_.notes);
        return json;
    }
    Json item(const CaseItem& one) const {
        return head("CFItems", id(one.code))
            .set("fullStatement", one.label)
            .set("humanCodingScheme", one.code)
            .set("CFItemType", has_items(one) ? "Category" : "Competency")
            .set("language", "en")
            .set("lastChangeDateTime", changed_);
    }
    Json node(const std::string& title, std::string_view kind, const std::string& identifier) const {
        return Json::object()
            .set("title", title)
            .set("identifier", identifier)
            .set("uri", uri(kind, identifier))
            .set("targetType", "CASE");
    }
    Json association(const CaseItem& one, int sequence) const {
        return head("CFAssociations", id("child " + one.code))
            .set("associationType", "isChildOf")
            .set("sequenceNumber", sequence)
            .set("originNodeURI", node(one.code, "CFItems", id(one.code)))
            .set("destinationNodeURI", one.parent.empty() ? node(framework_.title, "CFDocuments", inside_)
                                                          : node(one.parent, "CFItems", id(one.parent)))
            .set("lastChangeDateTime", changed_);
    }
    Json rubric() const {
        Json levels = Json::array();
        int position = 0;
        for (const std::string& word : framework_.scale)
            levels.push(head("CFRubricCriterionLevels", id("scale level " + word))
                            .set("quality", word)
                            .set("position", ++position)
                            .set("lastChangeDateTime", changed_));
        Json criterion = head("CFRubricCriteria", id("scale criterion"))
                             .set("position", 1)
                             .set("lastChangeDateTime", changed_)
                             .set("CFRubricCriterionLevels", std::move(levels));
        return head("CFRubrics", id("scale"))
            .set("title", "Rating scale")
            .set("lastChangeDateTime", changed_)
            .set("CFRubricCriteria", Json::array().push(std::move(criterion)));
    }

    const CaseFramework& framework_;
    std::string inside_; ///< the document's identifier, below which everything of it is named
    std::string changed_;
};

} // namespace

std::string write_case(const CaseFramework& framework) { return PackageWriter(framework).package().text(2) + "\n"; }

} // namespace peercert::exchange
