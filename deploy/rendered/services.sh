# Rendered from Hotline.AppHost/Description, do not edit. To make it again: dotnet run --project Hotline.AppHost -- render
# shellcheck shell=bash disable=SC2034
SERVICES=(identity intake vendor-registry dispatch follow-up evaluation gateway)
# what is added to the gateway's port
declare -A PORT_OFFSET_OF=(
    [identity]=1
    [intake]=2
    [vendor-registry]=3
    [dispatch]=4
    [follow-up]=5
    [evaluation]=6
    [gateway]=0
)
# folder below src, project and assembly
declare -A PROJECT_OF=(
    [identity]=Hotline.Identity
    [intake]=Hotline.Intake
    [vendor-registry]=Hotline.VendorRegistry
    [dispatch]=Hotline.Dispatch
    [follow-up]=Hotline.FollowUp
    [evaluation]=Hotline.Evaluation
    [gateway]=Hotline.Gateway
)
# run to their end before anything serves; with demo data, these too
declare -A VERBS_OF=(
    [identity]="migrate topology provision"
    [intake]="migrate topology"
    [vendor-registry]="migrate topology"
    [dispatch]="migrate topology"
    [follow-up]="migrate topology"
    [evaluation]="migrate topology"
)
declare -A DEMO_VERBS_OF=(
    [vendor-registry]=seed-demo
)
# made at the first start
SECRETS=(GATEWAY_SECRET PHONE_HASH_KEY IDENTITY_DB_PASSWORD INTAKE_DB_PASSWORD VENDOR_REGISTRY_DB_PASSWORD DISPATCH_DB_PASSWORD FOLLOW_UP_DB_PASSWORD EVALUATION_DB_PASSWORD)
KEY_FILES=(signing encryption)
# all of them are the gateway's URL as browsers and clients see it
PUBLIC_URL_SETTINGS=(Auth__Issuer Identity__PublicUrl)
