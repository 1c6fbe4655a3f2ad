#include "words/consents.hpp"

#include "words/json_list.hpp"
#include "words/shapes.hpp"

namespace peercert::words {

exchange::Json consents_json(const std::vector<services::ConsentLine>& lines) {
    return Json::object().set("consents", list(lines, [](const services::ConsentLine& line) {
                                  return Json::object()
                                      .set("day", to_text(line.consent.day))
                                      .set("for", domain::to_text(line.consent.purpose))
                                      .set("about", line.consent.about)
                                      .set("wording", line.consent.wording)
                                      .set("given", line.consent.given)
                                      .set("stands", line.stands);
                              }));
}

} // namespace peercert::words
