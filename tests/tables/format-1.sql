BEGIN TRANSACTION;
CREATE TABLE account (
  seed INTEGER NOT NULL,       -- of everything random that the account shows
  sequence INTEGER NOT NULL    -- no more of it than this has been used
) STRICT;
INSERT INTO "account" VALUES(6189775549770958034,4114);
CREATE TABLE changes (
  id INTEGER PRIMARY KEY,
  resource INTEGER NOT NULL REFERENCES resources (id) ON DELETE CASCADE,
  due_at INTEGER NOT NULL,
  doc_patch TEXT NOT NULL,     -- RFC 7396
  secret_patch TEXT NOT NULL
) STRICT;
CREATE TABLE operations (
  id INTEGER PRIMARY KEY,
  uuid TEXT NOT NULL,
  region TEXT NOT NULL,
  resource_name TEXT NOT NULL,
  ends_at INTEGER NOT NULL,
  doc TEXT NOT NULL,           -- as the API shows it while it runs
  error_code TEXT NOT NULL,    -- empty: it ends Succeeded, else Failed
  error_details TEXT NOT NULL
) STRICT;
INSERT INTO "operations" VALUES(1,'716fed09-39f9-4cc7-a92d-12398523dece','us-east-1','web',1767225617900,'{"createdAt":1767225600.0,"id":"716fed09-39f9-4cc7-a92d-12398523dece","isTerminal":false,"location":{"availabilityZone":"us-east-1a","regionName":"us-east-1"},"operationType":"CreateInstance","resourceName":"web","resourceType":"Instance","status":"Started","statusChangedAt":1767225600.0}','','');
INSERT INTO "operations" VALUES(2,'eb1b3fc8-8e08-48a4-9155-bdbb1777247e','us-east-1','db',1767226303000,'{"createdAt":1767225600.0,"id":"eb1b3fc8-8e08-48a4-9155-bdbb1777247e","isTerminal":false,"location":{"availabilityZone":"us-east-1a","regionName":"us-east-1"},"operationType":"CreateRelationalDatabase","resourceName":"db","resourceType":"RelationalDatabase","status":"Started","statusChangedAt":1767225600.0}','','');
INSERT INTO "operations" VALUES(3,'317b410d-cfca-433e-8edc-7719d2e695d4','us-east-1','web',1767225600000,'{"createdAt":1767225600.0,"id":"317b410d-cfca-433e-8edc-7719d2e695d4","isTerminal":false,"location":{"availabilityZone":"us-east-1a","regionName":"us-east-1"},"operationDetails":"443/tcp","operationType":"OpenInstancePublicPorts","resourceName":"web","resourceType":"Instance","status":"Started","statusChangedAt":1767225600.0}','','');
CREATE TABLE resources (
  id INTEGER PRIMARY KEY,      -- grows with time: newest first is descending
  region TEXT NOT NULL,
  name TEXT NOT NULL,
  type TEXT NOT NULL,
  status TEXT NOT NULL,
  due_at INTEGER,              -- when its lifecycle takes it to the next status
  doc TEXT NOT NULL,
  secret TEXT NOT NULL         -- JSON that the API never lists: passwords, key material
) STRICT;
INSERT INTO "resources" VALUES(1,'us-east-1','LightsailDefaultKeyPair','KeyPair','',NULL,'{"arn":"arn:aws:lightsail:us-east-1:000000000000:KeyPair/0a9c723a-63e2-42d5-9371-529440a32668","createdAt":1767225600.0,"location":{"availabilityZone":"all","regionName":"us-east-1"},"name":"LightsailDefaultKeyPair","resourceType":"KeyPair","supportCode":"666153012709/LightsailDefaultKeyPair","tags":[]}','{}');
INSERT INTO "resources" VALUES(2,'us-east-1','web','Instance','pending',1767225617900,'{"arn":"arn:aws:lightsail:us-east-1:000000000000:Instance/33f9ae12-e3da-4371-805e-981f7031ec57","blueprintId":"ubuntu_24_04","blueprintName":"Ubuntu","bundleId":"nano_3_0","createdAt":1767225600.0,"hardware":{"cpuCount":2,"disks":[{"attachedTo":"web","attachmentState":"attached","createdAt":1767225600.0,"iops":100,"isSystemDisk":true,"path":"/dev/sda1","sizeInGb":20}],"ramSizeInGb":0.5},"ipAddressType":"dualstack","ipv6Addresses":["2600:1f18:0e2c:6fe5:68f3:377c:1fd3:2eb4"],"isStaticIp":false,"location":{"availabilityZone":"us-east-1a","regionName":"us-east-1"},"metadataOptions":{"httpEndpoint":"enabled","httpProtocolIpv6":"disabled","httpPutResponseHopLimit":1,"httpTokens":"required","state":"applied"},"name":"web","networking":{"monthlyTransfer":{"gbPerMonthAllocated":1024},"ports":[{"accessDirection":"inbound","accessFrom":"Anywhere (0.0.0.0/0 and ::/0)","accessType":"public","cidrListAliases":[],"cidrs":["0.0.0.0/0"],"commonName":"","fromPort":80,"ipv6Cidrs":["::/0"],"protocol":"tcp","toPort":80},{"accessDirection":"inbound","accessFrom":"Anywhere (0.0.0.0/0 and ::/0)","accessType":"public","cidrListAliases":[],"cidrs":["0.0.0.0/0"],"commonName":"","fromPort":22,"ipv6Cidrs":["::/0"],"protocol":"tcp","toPort":22},{"accessDirection":"inbound","accessFrom":"Anywhere (0.0.0.0/0 and ::/0)","accessType":"public","cidrListAliases":[],"cidrs":["0.0.0.0/0"],"commonName":"","fromPort":443,"ipv6Cidrs":["::/0"],"protocol":"tcp","toPort":443}]},"privateIpAddress":"172.26.223.130","publicIpAddress":"3.80.50.241","resourceType":"Instance","sshKeyName":"LightsailDefaultKeyPair","state":{"code":0,"name":"pending"},"supportCode":"666153012709/i-800c54696694b0334","tags":[{"key":"team","value":"ops"}],"username":"ubuntu"}','{"startedAt":1767225600000}');
INSERT INTO "resources" VALUES(3,'us-east-1','db','RelationalDatabase','creating',1767226200000,'{"arn":"arn:aws:lightsail:us-east-1:000000000000:RelationalDatabase/ed568e7c-9fd5-4d4e-9860-b89bda7faf04","backupRetentionEnabled":true,"caCertificateIdentifier":"rds-ca-rsa2048-g1","createdAt":1767225600.0,"engine":"mysql","engineVersion":"8.0.43","hardware":{"cpuCount":2,"diskSizeInGb":40,"ramSizeInGb":1.0},"location":{"availabilityZone":"us-east-1a","regionName":"us-east-1"},"masterDatabaseName":"app","masterEndpoint":{"address":"ls-2d4c7121560387ad631de1253b76692331f34f5a.wchu09y7wmub.us-east-1.rds.amazonaws.com","port":3306},"masterUsername":"admin","name":"db","parameterApplyStatus":"in-sync","pendingMaintenanceActions":[],"pendingModifiedValues":{},"preferredBackupWindow":"06:01-06:31","preferredMaintenanceWindow":"sat:10:08-sat:10:38","publiclyAccessible":false,"relationalDatabaseBlueprintId":"mysql_8_0","relationalDatabaseBundleId":"micro_2_0","resourceType":"RelationalDatabase","state":"creating","supportCode":"666153012709/ls-2d4c7121560387ad631de1253b76692331f34f5a","tags":[]}','{"passwords":{"CURRENT":{"createdAt":1767225600.0,"masterUserPassword":"Au]((?xV4Y0[Huh*VfI_.8}421>#>~UM"}}}');
CREATE UNIQUE INDEX resources_name ON resources (region, name);
CREATE INDEX resources_type ON resources (region, type);
CREATE INDEX resources_due ON resources (due_at) WHERE due_at IS NOT NULL;
CREATE INDEX changes_due ON changes (due_at);
CREATE INDEX changes_resource ON changes (resource);
CREATE UNIQUE INDEX operations_uuid ON operations (uuid);
CREATE INDEX operations_region ON operations (region);
CREATE INDEX operations_resource ON operations (region, resource_name);
COMMIT;
PRAGMA user_version = 1;
