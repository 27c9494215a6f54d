// S3: ListBuckets.
#include <string>
#include <vector>

#include "server/foreign/actions.hpp"
#include "server/foreign/inventory.hpp"
#include "server/foreign/xml.hpp"
#include "text/time_text.hpp"

namespace papersail {
namespace {

std::string bucket(const Resource& resource) {
  const std::string created = utc_text(moment_of(resource.doc.at("createdAt")));
  return xml::element("Bucket", xml::text("Name", resource.name) +
                                    xml::text("CreationDate", created) +
                                    xml::text("BucketRegion", resource.region));
}

// In the order of their names, as in the service. One page holds all of them.
std::string list_buckets(const ForeignContext& context) {
  const std::string prefix = context.call.parameter("prefix");
  const std::string region = context.call.parameter("bucket-region");
  std::string buckets;
  for (const Resource& resource : resources_of(context.account, region, "Bucket")) {
    if (resource.name.starts_with(prefix)) buckets += bucket(resource);
  }
  const std::string owner = xml::element("Owner", xml::text("ID", context.response.account));
  return xml::element("ListAllMyBucketsResult", owner + xml::element("Buckets", buckets),
                      xml::xmlns("http://s3.amazonaws.com/doc/2006-03-01/"));
}

constexpr ForeignAction actions[] = {{"ListBuckets", list_buckets}};

}  // namespace

constexpr ForeignService s3_service = {"s3", Protocol::rest_xml, "", actions};

}  // namespace papersail
