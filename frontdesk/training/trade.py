"""Words of customer service that the encoder's tokenizer has only in pieces; general knowledge, from no data set."""

from __future__ import annotations

_WORDS = """
account activation adapter addon aftercare airfare airtime allergen allergy annuity annul antivirus apologise
apologize appliance appointment armchair authentication authorise authorization autofill autopay autorenew backlog
backorder backup barcode barista bedding bedframe bedside beneficiary billing bluetooth bookcase bookshelf broadband
brochure broker bundle bunkbed bursary callback cancellation cancelled carton cashback cashier catalogue chargeback
charger chatbot checkbox checkout checkup cheque chequebook chipped clearance clickable clinician clipboard cloakroom
closet coffeemaker collateral commuter compatibility compatible compensation complaint complimentary concierge
confirmation contactless copay cosigner counterfeit countertop coupon courier coworker creditor creditworthiness
cushion customise customizable damaged deactivate deactivation debit debtor decline deductible defective delist
deliverable delivery dental deposit dermatologist dermatology detergent dimmable dimmer disapprove disclaimer
discontinued discounted discrepancy dishwasher dispatch dispenser dispute disputed doorbell doorstep downgrade
download downpayment downtime dresser dropoff dryer duplicate duvet eatery ebook ecommerce electrician email enquiry
enrollment ergonomic escalate escrow eticket exchange exchanged expiration expired expiry fabric faq faucet faulty
fibre filament firewall firmware fitter flatpack flyer footstool forgot forward fraudulent freebie freelance freezer
freight fridge furnishing furniture gadget gdpr giftcard giftwrap giveaway grocery guestroom handbag handset hardcopy
haulier headboard headphone headset helpdesk hob hostel hostname hotline hotspot hygiene iban icloud inbox
inconvenience incorrect ineligible inquiry installer installment instalment insufficient insurer intercom invoice
invoicing itinerary jetlag keycard keychain keypad kiosk laminate lampshade landline landlord laptop laundry lawnmower
layaway layover leaflet leasehold lightbulb limescale locker lockout login logistics logoff logon logout loyalty
luggage lumpsum mailbox maintenance malfunction malware manicure mastercard mattress messenger microchip microwave
misdelivered misplaced mispriced misprint missold modem moisturizer mortgage motherboard multibuy nanny newsletter
nightstand nonrefundable notification nutritionist offboarding offline offpeak onboarding online opener optician
optometrist orthodontist ottoman outage outlet overbooked overcharge overcharged overdraft overdrawn overdue overpaid
overpayment override packaging paperless paperwork parcel passcode passphrase password paycheck payday payee payer
payment payout paypal payroll payslip pediatrician penalty pension pharmacist phishing photocopy pickup pillow
pillowcase plugin plumber podcast policyholder polish polyester pos postage postcode postpaid postpone
preauthorization preauthorize prebook prefer preorder prepaid prepay prepayment prescription printer processor
procurement promo prorated provider pto purchaser quilt quotation rebate rebook recall receipt reception recharge
reclaim recliner recurrence recurring recyclable recycle recycling redeem redeemable redelivery redirect refill
refinance refrigerator refund refundable refurbish refurbished regift reimburse reimbursement reissue reload reminder
remittance remortgage renewal rental reorder repackage repay repayment replacement reprint resale reschedule reseller
resend reset resit restock retailer retry return returnable reupholster reusable reward roadmap roaming router rug
sandals sanitizer scam scammer scanner scratched screenshot selfie serviceable settee setup sharable shipment shipper
shipping shoelace shopper shopping showroom sideboard signin signoff signup sim skincare slipcover smartphone
smartwatch sneakers snooze sofabed softcopy software spam speakerphone spreadsheet stain stainless standby statement
stepladder stockist stool storefront streaming subscriber subscription subtotal supermarket supplier surcharge swatch
swipe sync tablet takeaway tariff taxable taxation teller tenancy tenant terminal textile thermostat timesheet
timetable toaster toiletries toll topup touchpad touchscreen trackable tracker trackpad transaction transcript
transferable treadmill trial troubleshoot troubleshooting tuition tumbler typo unable unauthorised unauthorized
unblock uncomfortable undelivered underpaid unfreeze uninstall unlock unlocking unopened unpack unpaid unread
unrecognised unrecognized unsubscribe unsubscribed unused unwanted update upfront upgrade upholstery upload url usable
username utilities vaccination vacuum validate validity valuables vat vendor veneer verification verify veterinarian
visa visualizer voicemail voltage voucher waitlist waiver walkthrough wallet wardrobe warranty washable washer
watchlist waterproof webcam webinar webpage webshop website wholesale wholesaler widget wifi windshield wireless
wiretransfer withdraw withdrawal withdrawn withholding wobbly workaround workbench workout workshop worktop wristband
wrongful wrongly zipcode zipper
"""


def trade_words() -> list[str]:
    """Return the words, letters only, in the order of the alphabet."""
    return sorted({word for word in _WORDS.split() if word.isalpha()})
