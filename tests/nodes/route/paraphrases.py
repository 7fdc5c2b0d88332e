"""Held-out wordings of the retail desk's intents: none of them stands in intents.yaml. ``intent|message``."""

PARAPHRASES = """
order_status|any update on 10482, it's been ages
order_status|could you tell me what's happening with the wardrobe I bought
list_orders|pull up everything I've purchased
list_orders|forgot my order number, help me find it
change_address|we moved house, send 10482 to the new place
change_address|please redirect my parcel to 9 Station Road, Leeds
cancel_order|call the whole order off please
cancel_order|don't ship 10482, I no longer want it
return_item|I'd like to send these chairs back
return_item|what's the deadline for returning stuff
exchange_item|swap my blue cushion for a red one
exchange_item|is it possible to change it for a larger size
request_refund|give me my money back for 10482
request_refund|I'd like to be reimbursed
withdraw_request|undo the return I asked for
withdraw_request|please withdraw my exchange request
refund_status|when does the refund reach my bank
refund_status|still no sign of my refund
damaged_item|the mirror is smashed
damaged_item|my new cabinet has a big dent
missing_item|some screws weren't in the box
missing_item|only two of my three parcels came
wrong_item|that's not the lamp I ordered
wrong_item|you delivered a brown chair instead of a grey one
warranty|is my bed still covered by the guarantee
warranty|how many years of warranty on a sofa
complaint|I'm very unhappy with your service
complaint|where do I lodge a complaint
delivery_times|how many days until things arrive
delivery_times|do you have express shipping
delivery_cost|what do you charge for postage
delivery_cost|is shipping free above a certain amount
international_delivery|can you send furniture to Italy
international_delivery|do you ship to other countries
large_item_delivery|will the drivers bring the sofa up to the third floor
large_item_delivery|can I pick a delivery slot for my bed
stock_availability|do you have the oak shelf available
stock_availability|when is the green chair back in stock
assembly_service|can your people put the wardrobe together for me
assembly_service|I lost the instructions for my shelf
kitchen_planning|I want to make an appointment to plan my kitchen
kitchen_planning|who measures the kitchen before fitting
lighting_advice|what kind of bulb goes into this lamp
lighting_advice|can I dim this light
sustainability|is the wood from sustainable forests
sustainability|what are your sofas made of
sample_request|could you mail me some fabric swatches
sample_request|I want to order a colour sample
store_hours|what time do you close on saturday
store_hours|is your Cork shop open tomorrow
loyalty_points|what is my points total
loyalty_points|how do I spend my points
loyalty_programme|how does your rewards club work
loyalty_programme|I want to join the Club
account_details|what email is on my account
account_details|I have a new phone number, please change it
sign_in_help|I can't remember my password
sign_in_help|my login doesn't work
privacy_request|delete all data you have on me
privacy_request|please close my customer account for good
business_customers|do you offer trade discounts for firms
business_customers|we need 30 desks for our office, can we get an offer
talk_to_human|I want to speak with a real person
talk_to_human|get me a human agent
contact|what's the number of your hotline
contact|how do I get in touch with customer service
greeting|good afternoon
greeting|hi, are you a bot
thanks_goodbye|many thanks, bye
thanks_goodbye|that's all, thank you
product_care|how should I clean a leather armchair
product_care|got coffee on my fabric sofa, how do I remove it
payment_methods|can I pay by paypal
payment_methods|do you take credit cards
invoice|I need an invoice for my order
invoice|send me the receipt again
discount_codes|my voucher code isn't accepted
discount_codes|are there promo codes I could use
gift_cards|I'd like to buy a gift voucher
gift_cards|what is the remaining value of my gift voucher
price_match|I saw the same lamp cheaper elsewhere, will you match it
price_match|it's on sale now, a week after I paid full price
click_and_collect|can I collect my order at the shop
click_and_collect|how long will you hold my order for pickup
old_furniture_removal|do you take my old sofa away
old_furniture_removal|can you dispose of the old mattress
erase_my_data|please wipe everything you hold on me
erase_my_data|I want my personal data deleted
export_my_data|give me a copy of the data you store about me
export_my_data|which personal data of mine do you keep
stop_remembering|stop keeping a memory of our chats
stop_remembering|please don't remember me from now on
remember_me|you're allowed to remember me
remember_me|please remember me for the next chat
list_memories|tell me all that you remember about me
list_memories|what do your notes about me say
correct_memory|your notes about me are wrong
correct_memory|please correct what you remember about me
forget_memory|please forget my shoe size
forget_memory|forget the note about my cats
forget_memories|delete all of your notes on me
forget_memories|clear every note you keep about me
"""
