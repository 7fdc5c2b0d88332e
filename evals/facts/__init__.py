"""Facts that change: generated customers tell, change and end things over several threads; what is held at the end?"""
