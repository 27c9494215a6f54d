// The modules that Go blocks may import. go.mod pins their versions; the tests compile them once.
package main

import (
	_ "context"
	_ "fmt"

	_ "github.com/aws/aws-sdk-go-v2/aws"
	_ "github.com/aws/aws-sdk-go-v2/config"
	_ "github.com/aws/aws-sdk-go-v2/credentials"
	_ "github.com/aws/aws-sdk-go-v2/service/lightsail"
	_ "github.com/aws/aws-sdk-go-v2/service/lightsail/types"
)

func main() {}
